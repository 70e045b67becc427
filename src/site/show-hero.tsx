import { pathOf } from '../core/addresses.ts'
import type { ShowView } from '../shows/schemas.ts'
import { Artwork, heroSizes } from './artwork.tsx'

/** A show's cover, name and description, on top of a page; `isLinked`: the name leads to the show's own page. */
export const ShowHero = ({ show, isLinked = false }: Readonly<{ show: ShowView; isLinked?: boolean }>) => (
  <header class="hero">
    <Artwork of={show} sizes={heroSizes} isFirst />
    <div>
      <h1>{isLinked ? <a href={pathOf(show.pageUrl)}>{show.title}</a> : show.title}</h1>
      <p class="from">by {show.author}</p>
      <div class="description">
        {show.description.split(/\n+/).map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
      <p class="facts">
        <span>{show.category.replace(' > ', ' / ')}</span>
        {show.explicit && <span>Explicit</span>}
        {show.copyright && <span>© {show.copyright}</span>}
      </p>
    </div>
  </header>
)
