"""The parts of the HyperKitty connector: site, walk, exports, members, sending by mail."""
