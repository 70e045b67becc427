/** The part of a bucket where uploads arrive (s3-incoming.ts): never a stored object's. */
export const incomingSegment = 'incoming'

/**
 * Whether every store can hold an object under this key and under no other: segments joined by `/`, none of them empty or
 * beginning with a dot (so never `..`), no control characters (S3 lists keys in XML), and not below `incoming`.
 */
export function isStorageKey(key: string): boolean {
  const segments = key.split('/')
  return (
    segments.every((segment) => segment !== '' && !segment.startsWith('.')) &&
    segments[0] !== incomingSegment &&
    !/[\p{Control}\p{Surrogate}]/u.test(key)
  )
}

/** The key itself; throws when it is none. */
export function checkedKey(key: string): string {
  if (!isStorageKey(key)) throw new Error(`Not a key for an object: ${JSON.stringify(key)}`)
  return key
}

/** `a/b` and `a/b/` both mean all below `a/b/`; '' means all. */
export function folderOfPrefix(prefix: string): string {
  const segments = prefix.replace(/\/$/, '')
  return segments && `${checkedKey(segments)}/`
}
