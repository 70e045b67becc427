import { pathOf } from '../core/addresses.ts'
import { type ArtworkView, pictureUrl } from '../shows/artwork.ts'

/** As wide as `.hero` in the style sheet makes it. */
export const heroSizes = '(min-width: 44rem) 20rem, 16rem'

type Props = Readonly<{
  of: ArtworkView
  /** How wide it is shown, as the style sheet says (HTML's `sizes`). */
  sizes: string
  /** Whether it is seen before scrolling. */
  isFirst?: boolean
}>

/** A cover; the title beside it says what it is, so it is decoration to a screen reader. */
export const Artwork = ({ of, sizes, isFirst = false }: Props) => (
  <picture>
    {of.artworkSizes.length > 0 && <source type="image/webp" srcset={sourceSet(of, 'webp')} sizes={sizes} />}
    <img
      class="artwork"
      src={pathOf(pictureUrl(of, 600, 'jpg'))}
      srcset={sourceSet(of, 'jpg')}
      sizes={sizes}
      alt=""
      width="640"
      height="640"
      loading={isFirst ? 'eager' : 'lazy'}
    />
  </picture>
)

/** The sizes that a page may need, each with its width; undefined while no sizes were made. */
export function sourceSet(view: ArtworkView, extension: 'jpg' | 'webp'): string | undefined {
  const sizes = view.artworkSizes.filter((size) => size <= largestOnPages)
  const sources = sizes.map((size) => `${pathOf(pictureUrl(view, size, extension))} ${size}w`)
  return sources.length === 0 ? undefined : sources.join(', ')
}

/** A third of a wide page on the densest screen: 20rem at three pixels each. */
const largestOnPages = 1400
