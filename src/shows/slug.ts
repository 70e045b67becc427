/** A part of an address, made from a title: lower-case ASCII words joined by hyphens, at most 60 characters; may be empty. */
export function slugify(title: string): string {
  return title
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '')
}

/** What an address part must look like when somebody chooses it. */
export const slugPattern = '^[a-z0-9]+(-[a-z0-9]+)*$'
