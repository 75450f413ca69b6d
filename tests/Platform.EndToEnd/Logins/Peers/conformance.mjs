// npm oidc-provider with the profile of FAPI 2.0: pushed requests, private_key_jwt, S256, DPoP with nonces. It checks the conformance tests themselves.
// Whoever comes is logged in and agrees; with the header X-Refuse they refuse. Usage: node conformance.mjs SETTINGS-FILE
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Provider from 'oidc-provider';

const settings = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
// A key marked for signing alone would not check the identity tokens that come back as hints.
const { key_ops: _, ...key } = await crypto.subtle.exportKey('jwk', pair.privateKey);

const provider = new Provider(`http://localhost:${settings.port}`, {
  clients: settings.clients.map(({ id, jwks }) => ({
    client_id: id,
    redirect_uris: [settings.redirectUri],
    post_logout_redirect_uris: [settings.loggedOut],
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    id_token_signed_response_alg: 'ES256',
    dpop_bound_access_tokens: true,
    require_auth_time: true,
    jwks,
  })),
  clientAuthMethods: ['private_key_jwt'],
  cookies: { keys: [randomBytes(32).toString('hex')] },
  features: {
    devInteractions: { enabled: false },
    dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => true },
    fapi: { enabled: true, profile: '2.0' },
    pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
  },
  findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  issueRefreshToken: async () => true,
  jwks: { keys: [{ ...key, alg: 'ES256', use: 'sig' }] },
  pkce: { required: () => true },
  responseTypes: ['code'],
  rotateRefreshToken: true,
  scopes: ['openid', 'offline_access', 'me.read'],
});

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith('/interaction/')) return next();
  if (ctx.get('x-refuse')) {
    return provider.interactionFinished(ctx.req, ctx.res, { error: 'access_denied' }, { mergeWithLastSubmission: false });
  }
  const { params, session } = await provider.interactionDetails(ctx.req, ctx.res);
  const accountId = session?.accountId ?? randomBytes(8).toString('hex');
  const grant = new provider.Grant({ accountId, clientId: params.client_id });
  grant.addOIDCScope('openid offline_access me.read');
  const result = { login: { accountId }, consent: { grantId: await grant.save() } };
  return provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: false });
});

provider.listen(settings.port, '127.0.0.1', () => console.log('ready'));
