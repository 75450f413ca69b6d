// The peer of the login load: npm oidc-provider with the same profile as ours (pushed requests, private_key_jwt, S256, DPoP with nonces, rotation),
// everything in memory. Whoever comes is logged in at once, so only the protocol is measured. Usage: node oidc-provider.mjs PORT JWKS-FILE REDIRECT-URI
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Provider from 'oidc-provider';

const [port, jwksFile, redirectUri] = process.argv.slice(2);
const issuer = `http://localhost:${port}`;
const jwks = JSON.parse(readFileSync(jwksFile, 'utf8'));

// The adapter that comes along forgets all but a thousand entries.
const kept = new Map();
const byUid = new Map();
const byGrant = new Map();
class Memory {
  constructor(name) { this.name = name; }
  key(id) { return `${this.name}:${id}`; }
  async upsert(id, payload) {
    kept.set(this.key(id), payload);
    if (payload.uid) byUid.set(payload.uid, id);
    if (payload.grantId) byGrant.set(payload.grantId, [...(byGrant.get(payload.grantId) ?? []), this.key(id)]);
  }
  async find(id) { return kept.get(this.key(id)); }
  async findByUid(uid) { return this.find(byUid.get(uid)); }
  async findByUserCode() { return undefined; }
  async consume(id) { kept.get(this.key(id)).consumed = Math.floor(Date.now() / 1000); }
  async destroy(id) { kept.delete(this.key(id)); }
  async revokeByGrantId(grant) { for (const key of byGrant.get(grant) ?? []) kept.delete(key); byGrant.delete(grant); }
}

const client = {
  token_endpoint_auth_method: 'private_key_jwt',
  token_endpoint_auth_signing_alg: 'ES256',
  id_token_signed_response_alg: 'ES256',
  jwks,
};
const provider = new Provider(issuer, {
  adapter: Memory,
  clients: [
    { ...client, client_id: 'portal', redirect_uris: [redirectUri], grant_types: ['authorization_code', 'refresh_token'], dpop_bound_access_tokens: true },
    { ...client, client_id: 'machine', redirect_uris: [], response_types: [], grant_types: ['client_credentials'] },
  ],
  clientAuthMethods: ['private_key_jwt'],
  cookies: { keys: [randomBytes(32).toString('hex')] },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => true },
    pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => 'urn:peer:api',
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({ scope: 'me.read', accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256' } } }),
    },
  },
  jwks: { keys: [(await generateKey())] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  issueRefreshToken: async () => true,
  pkce: { required: () => true },
  rotateRefreshToken: true,
  scopes: ['openid', 'offline_access', 'me.read'],
  ttl: { AccessToken: 300, AuthorizationCode: 60, IdToken: 300, RefreshToken: 43200, Session: 43200, Grant: 43200, Interaction: 900 },
});

async function generateKey() {
  const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
    .then((pair) => pair);
  return { ...(await crypto.subtle.exportKey('jwk', privateKey)), alg: 'ES256', use: 'sig' };
}

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith('/interaction/')) return next();
  const { prompt, params, session } = await provider.interactionDetails(ctx.req, ctx.res);
  const accountId = session?.accountId ?? randomBytes(8).toString('hex');
  const grant = new provider.Grant({ accountId, clientId: params.client_id });
  grant.addOIDCScope('openid offline_access me.read');
  grant.addResourceScope('urn:peer:api', 'me.read');
  const consent = { grantId: await grant.save() };
  const result = prompt.name === 'login' ? { login: { accountId }, consent } : { consent };
  await provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: true });
});

provider.on('server_error', (_, error) => console.error(error));
provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
