import { createHash } from 'node:crypto'

export type ContentHashes = Readonly<{
  /** Hex: the strong entity tag, and the name in the storage. */
  sha256: string
  /** Base64, as `podcast:integrity` and Subresource Integrity write it. */
  sha384: string
}>

/** Both hashes of bytes that pass once. */
export function hashContent(): Readonly<{ update(bytes: Uint8Array): void; digest(): ContentHashes }> {
  const sha256 = createHash('sha256')
  const sha384 = createHash('sha384')
  return {
    update(bytes) {
      sha256.update(bytes)
      sha384.update(bytes)
    },
    digest: () => ({ sha256: sha256.digest('hex'), sha384: sha384.digest('base64') }),
  }
}
