// Plays the national e-ID on npm oidc-provider: whoever comes is logged in as the person that the settings name at that moment.
// Usage: node national-eid.mjs SETTINGS-FILE; the person {sub, personal_id, acr} is read anew from settings.personFile at every login.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Provider from 'oidc-provider';

const settings = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const person = () => JSON.parse(readFileSync(settings.personFile, 'utf8'));
const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);

const provider = new Provider(`http://localhost:${settings.port}`, {
  clients: [{
    client_id: settings.clientId,
    redirect_uris: [settings.redirectUri],
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    id_token_signed_response_alg: 'ES256',
    jwks: { keys: [settings.jwk] },
  }],
  clientAuthMethods: ['private_key_jwt'],
  claims: { openid: ['sub', 'personal_id'], acr: null },
  acrValues: ['eid-1', 'eid-2', 'guest'],
  cookies: { keys: [randomBytes(32).toString('hex')] },
  features: { devInteractions: { enabled: false }, pushedAuthorizationRequests: { enabled: true } },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, personal_id: person().personal_id }) }),
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  jwks: { keys: [{ ...(await crypto.subtle.exportKey('jwk', pair.privateKey)), alg: 'ES256', use: 'sig' }] },
  conformIdTokenClaims: false,
});

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith('/interaction/')) return next();
  const { params } = await provider.interactionDetails(ctx.req, ctx.res);
  const { sub, acr } = person();
  const grant = new provider.Grant({ accountId: sub, clientId: params.client_id });
  grant.addOIDCScope('openid');
  const result = { login: { accountId: sub, acr, remember: false }, consent: { grantId: await grant.save() } };
  await provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: false });
});

provider.listen(settings.port, '127.0.0.1', () => console.log('ready'));
