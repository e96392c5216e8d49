/**
 * What the package exports as `skranke/posten`: the client of the remote signing service for other programs,
 * with a packer ready-made. The room itself imports no core; here the two meet.
 */
import { nodeCrypto } from './adapters/node-crypto.ts';
import { nodeSigningKey } from './adapters/node-signing-key.ts';
import { packForService } from './core/asice/service-package.ts';
import type { EnterpriseCredentials } from './posten/enterprise-certificate.ts';
import type { PostenOptions } from './posten/operations.ts';

export { createPostenClient } from './posten/client.ts';
export { checkEnterpriseCertificate } from './posten/enterprise-certificate.ts';
export type { EnterpriseCredentials } from './posten/enterprise-certificate.ts';
export { production, test } from './posten/environments.ts';
export type { Environment } from './posten/environments.ts';
export type * from './posten/answers.ts';
export type * from './posten/jobs.ts';
export type * from './posten/operations.ts';
export type { Failure, Result } from '../shared/result.ts';

/** Packs and signs with the enterprise certificate (ASiC-E, XAdES), as `PostenOptions` asks. */
export function packWith(credentials: EnterpriseCredentials): PostenOptions['pack'] {
  const key = nodeSigningKey(credentials);
  return (input) => packForService(input, key, nodeCrypto);
}
