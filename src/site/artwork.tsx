import { pathOf } from '../core/addresses.ts'

/** A cover; the title beside it says what it is, so it is decoration to a screen reader. */
export const Artwork = ({ url, isFirst = false }: Readonly<{ url: string; isFirst?: boolean }>) => (
  <img class="artwork" src={pathOf(url)} alt="" width="640" height="640" loading={isFirst ? 'eager' : 'lazy'} />
)
