// A real OpenID provider on loopback, laid out like Entra ID: one tenant, several services behind one sign-in, of which
// each is known by the beginning of its permissions. Started by oidc.py; says one line of JSON when it is ready.
//
//   node oidc_provider.mjs MODULES CERTIFICATE KEY
//
// POST /control with JSON changes how it behaves from then on; GET /control tells what was asked. Ends with its stdin.
import * as crypto from 'node:crypto';
import fs from 'node:fs';
import https from 'node:https';
import { register } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

// What the provider takes for granted, and Node 18, which Debian 12 carries, does not have yet.
if (crypto.hash === undefined) {
  globalThis.crypto ??= crypto.webcrypto;
  URL.parse ??= (text, base) => { try { return new URL(text, base); } catch { return null; } };
  const inline = (text) => `data:text/javascript,${encodeURIComponent(text)}`;
  const withHash = inline(`
    export * from 'node:crypto';
    import { createHash } from 'node:crypto';
    export const hash = (name, data, form) => createHash(name).update(data).digest(form === 'buffer' ? undefined : form);
  `);
  register(inline(`
    export const resolve = (name, from, next) => (
      name === 'node:crypto' && from.parentURL?.includes('/oidc-provider/')
        ? { url: ${JSON.stringify(withHash)}, shortCircuit: true } : next(name, from)
    );
  `));
}

const [modules, certificate, key] = process.argv.slice(2);
const { Provider } = await import(pathToFileURL(path.join(modules, 'oidc-provider', 'lib', 'index.js')).href);

const TENANT = '/common';
const CLIENT = 'workbench-under-test';
const SERVICES = {
  'https://talk.example.org': 'https://talk.example.org/Message.Read https://talk.example.org/Message.Write',
  'https://people.example.org': 'https://people.example.org/Group.Read',
};
const state = {
  access: 3600, // seconds an access token lives
  device: 900, // seconds a device code lives
  rotates: true, // whether a refresh token may be used once only, as for public clients elsewhere
  refuses: [], // services nobody consented to
  portal: false, // whether somebody in between answers everything with a page
  skew: 0, // seconds the clock of the server is ahead
  error: null, // what the token endpoint answers instead: [status, body]
};
const asked = { refresh: 0, code: 0, device: 0, refused: 0 };

const server = https.createServer({ cert: fs.readFileSync(certificate), key: fs.readFileSync(key) });
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const { port } = server.address();
const base = `https://localhost:${port}`;

const { privateKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
const person = (id) => ({ sub: id, oid: id, tid: 'common', name: id, preferred_username: `${id}@example.org` });

const provider = new Provider(`${base}${TENANT}/v2.0`, {
  clients: [{
    client_id: CLIENT,
    client_name: 'Workbench under test',
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
    response_types: ['code'],
    redirect_uris: ['http://localhost', 'http://127.0.0.1'], // any port of it, for native clients
  }],
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }] },
  cookies: { keys: ['only-for-tests'] },
  scopes: ['openid', 'offline_access', 'profile', ...Object.values(SERVICES).join(' ').split(' ')],
  claims: { openid: ['sub', 'oid', 'tid'], profile: ['name', 'preferred_username'] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  findAccount: (ctx, id) => ({ accountId: id, claims: () => person(id) }),
  issueRefreshToken: async () => true,
  rotateRefreshToken: () => state.rotates,
  features: {
    devInteractions: { enabled: true }, // its own forms for signing in and consenting; any password will do
    deviceFlow: { enabled: true, mask: '****-****' },
    revocation: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: (ctx, client, granted) => [granted].flat()[0] ?? Object.keys(SERVICES)[0],
      useGrantedResource: () => true,
      getResourceServerInfo: (ctx, resource) => ({
        scope: SERVICES[resource], audience: resource, accessTokenTTL: state.access, accessTokenFormat: 'jwt',
      }),
    },
  },
  ttl: {
    AccessToken: () => state.access, DeviceCode: () => state.device, RefreshToken: 86400, IdToken: 3600,
    AuthorizationCode: 60, Interaction: 600, Session: 3600, Grant: 86400,
  },
  routes: {
    authorization: '/oauth2/v2.0/authorize', token: '/oauth2/v2.0/token', revocation: '/oauth2/v2.0/revoke',
    device_authorization: '/oauth2/v2.0/devicecode', code_verification: '/device', jwks: '/discovery/v2.0/keys',
    userinfo: '/userinfo', end_session: '/oauth2/v2.0/logout',
  },
});
provider.on('device_authorization.success', (ctx, body) => { body.interval = 1; });
provider.on('server_error', (ctx, error) => console.error('server_error', error));

// One sign-in opens every service: what is asked for comes first, the others are granted along with it.
function withServices(fields) {
  const scope = fields.get('scope') ?? '';
  const first = serviceOf(scope);
  const names = first === undefined ? [] : [first, ...Object.keys(SERVICES).filter((name) => name !== first)];
  fields.delete('resource');
  names.forEach((name) => fields.append('resource', name));
  if (first !== undefined) {
    fields.set('scope', [...new Set([...scope.split(' '), ...Object.values(SERVICES).join(' ').split(' ')])].join(' '));
  }
  return fields;
}

const serviceOf = (scope) => Object.keys(SERVICES).find((name) => scope.includes(name));

async function bodyOf(request) {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

function say(response, status, body, type = 'application/json') {
  response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

// The part of Entra ID that the library leaves to its user: services by permission, consent for each of them.
function tokenRefusal(fields) {
  const service = serviceOf(fields.get('scope') ?? '');
  if (state.error) return state.error;
  if (service !== undefined && state.refuses.includes(service)) {
    return [400, {
      error: 'invalid_grant', suberror: 'consent_required', error_codes: [65001],
      error_description: 'AADSTS65001: bela@example.org has not consented. Trace ID: 1.',
    }];
  }
  if (service !== undefined) {
    fields.delete('resource');
    fields.set('resource', service);
    if (fields.get('grant_type') === 'refresh_token') {
      fields.set('scope', fields.get('scope').split(' ')
        .filter((one) => one !== 'offline_access' && [service, undefined].includes(serviceOf(one))).join(' '));
    }
  }
  return null;
}

async function handle(request, response) {
  response.setHeader('Date', new Date(Date.now() + state.skew * 1000).toUTCString());
  if (request.url === '/control') {
    if (request.method === 'POST') Object.assign(state, JSON.parse(await bodyOf(request)));
    say(response, 200, asked);
    return;
  }
  if (state.portal) {
    say(response, 200, '<html><title>Hotel</title><p>Welcome. Accept the terms to go online.', 'text/html');
    return;
  }
  // The issuer ends in /v2.0 and the endpoints do not, as with Entra ID.
  const url = new URL(request.url.replace(`${TENANT}/v2.0/.well-known/`, `${TENANT}/.well-known/`), base);
  if (url.pathname.endsWith('/authorize')) {
    const service = serviceOf(url.searchParams.get('scope') ?? '');
    if (service !== undefined && state.refuses.includes(service)) {
      const back = new URL(url.searchParams.get('redirect_uri'));
      const told = { error: 'access_denied', error_description: 'bela@example.org', state: url.searchParams.get('state') };
      back.search = new URLSearchParams(told);
      response.writeHead(303, { Location: back.href });
      response.end();
      return;
    }
    if (url.search) url.search = withServices(url.searchParams);
  }
  if (request.method === 'POST' && /\/(token|devicecode)$/.test(url.pathname)) {
    const fields = new URLSearchParams(await bodyOf(request));
    if (url.pathname.endsWith('/token')) {
      const kind = fields.get('grant_type');
      asked[kind === 'refresh_token' ? 'refresh' : kind === 'authorization_code' ? 'code' : 'device'] += 1;
      const refusal = tokenRefusal(fields);
      if (refusal !== null) {
        asked.refused += 1;
        say(response, refusal[0], refusal[1]);
        return;
      }
      request.body = fields.toString();
    } else {
      request.body = withServices(fields).toString();
    }
  }
  request.originalUrl = url.pathname + url.search;
  request.url = request.originalUrl.slice(TENANT.length);
  provider.callback()(request, response);
}

server.on('request', handle);
console.log(JSON.stringify({ base, authority: `${base}${TENANT}`, client: CLIENT }));
process.stdin.resume();
process.stdin.on('end', () => { server.closeAllConnections(); server.close(() => process.exit(0)); });
