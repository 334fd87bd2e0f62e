import { sealedDossierSchema } from '../../contract/province/sealed.ts'
import { unsealJson } from '../notices/unseal-json.ts'
import type { Keys } from '../security/keys.ts'

/** Content hashes of the scanned pages that a sealed dossier names; none when it cannot be opened. */
export async function pageHashes(keys: Keys, sealed: string): Promise<readonly string[]> {
  const opened = await unsealJson(keys, sealed, sealedDossierSchema)
  return opened.ok ? (opened.value.pages ?? []).map(({ contentHash }) => contentHash) : []
}
