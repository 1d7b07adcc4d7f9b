"""ThinLine: what goes in comes out in order whatever is lost; a window grows with what arrives and shrinks by losses."""

import asyncio
import socket
import threading

import pytest

from tests.rig.thin_line import FRAME, LEAST_WINDOW, SEGMENT, SHRINKS, WINDOW, Direction, Flow, ThinLine

ANSWER = bytes(range(256)) * 200


def answering(listener: socket.socket, times: int) -> threading.Thread:
    """Answers so many connections, each once it has heard a line."""

    def serve() -> None:
        for _ in range(times):
            talk, _ = listener.accept()
            with talk:
                talk.recv(64)
                talk.sendall(ANSWER)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    return thread


def heard(port: int) -> bytes:
    got = bytearray()
    with socket.create_connection(("127.0.0.1", port), timeout=10) as talk:
        talk.sendall(b"please\n")
        try:
            while piece := talk.recv(65_536):
                got += piece
        except ConnectionResetError:  # the line broke
            return bytes(got)
    return bytes(got)


@pytest.mark.parametrize("loss", [0.0, 0.3])
def test_what_goes_in_comes_out_in_order_and_what_is_lost_goes_twice(loss: float):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = answering(listener, 2)
        with ThinLine(listener.getsockname()[1], kilobits=1e7, round_trip=0, loss=loss) as line:
            assert heard(line.port) == heard(line.port) == ANSWER
            assert (line.down.carried > 2 * len(ANSWER)) is (loss > 0)
            assert line.connections == 2
            assert 0 < line.share_in_use <= 1
        server.join(10)


def test_a_connection_breaks_after_the_bytes_it_was_given():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = answering(listener, 2)
        with ThinLine(listener.getsockname()[1], kilobits=1e7, round_trip=0, loss=0) as line:
            line.cuts = [3_000]
            assert ANSWER.startswith(heard(line.port))
            assert (line.down.carried, line.broken) == (3_000, 1)
            assert heard(line.port) == ANSWER
        server.join(10)


def test_one_way_carries_one_packet_after_the_other():
    way = Direction(bytes_a_second=SEGMENT + FRAME)
    assert [way.take(SEGMENT, 10.0), way.take(SEGMENT, 10.5), way.take(SEGMENT, 20.0)] == [11.0, 12.0, 21.0]
    assert (way.busy_seconds, way.carried) == (3.0, 3 * SEGMENT)


def test_a_gap_is_noticed_once_three_later_packets_arrived_and_shrinks_the_window_once():
    async def losing() -> Flow:
        flow = Flow()
        numbers = [await flow.may_send() for _ in range(10)]
        lost = [asyncio.create_task(flow.notices(number, 60.0)) for number in numbers[:2]]
        await asyncio.sleep(0)
        for number in numbers[2:5]:
            flow.confirmed(number)
        await asyncio.gather(*lost)
        return flow

    flow = asyncio.run(losing())
    assert flow.window == pytest.approx((WINDOW + 3) * SHRINKS)
    assert not flow.is_starting
    assert flow.under_way == 7


def test_where_nothing_follows_a_gap_is_noticed_after_a_while_and_something_may_always_be_sent():
    async def losing() -> Flow:
        flow = Flow(window=LEAST_WINDOW)
        await flow.notices(await flow.may_send(), 0.0)
        await flow.may_send()
        return flow

    assert asyncio.run(losing()).window == LEAST_WINDOW
