import type { ComponentChildren, JSX } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { adminUrl, countingUrl, homeUrl, pathOf } from '../core/addresses.ts'
import type { Config } from '../core/config.ts'
import { Mast } from './icons.tsx'
import { type LinkedData, linkedDataScript } from './linked-data.ts'

/** What every page is told of its station. */
export type Station = Pick<Config, 'publicUrl'>

type PageProps = Readonly<{
  station: Station
  /** Of the whole document: what the tab and a search engine show. */
  title: string
  /** Language tag of what the page tells. */
  language?: string
  /** More elements for the head. */
  head?: ComponentChildren
  linkedData?: LinkedData
  /** Names of modules in browser/, without extension. */
  scripts?: readonly string[]
  children: ComponentChildren
}>

/** A page as a whole HTML document. */
export function renderPage(props: PageProps): string {
  const html = renderToString(<Document {...props} />)
  const script = props.linkedData ? linkedDataScript(props.linkedData) : ''
  // JSX would write the quotes of JSON as entities, which mean nothing inside a script.
  return `<!doctype html>\n${html.replace('</head>', () => `${script}</head>`)}`
}

function Document({ station, title, language = 'en', head, scripts = [], children }: PageProps): JSX.Element {
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#f8f4ea" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#0a1230" media="(prefers-color-scheme: dark)" />
        <link rel="icon" href="/assets/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/site.css" />
        {scripts.map((script) => (
          <script key={script} type="module" src={`/assets/browser/${script}.js`} />
        ))}
        {head}
      </head>
      <body>
        <a class="skip-link" href="#content">
          Skip to the content
        </a>
        <header class="station">
          <a class="brand" href={pathOf(homeUrl(station))}>
            <Mast />
            Longwave
          </a>
        </header>
        <main id="content">{children}</main>
        <footer class="station-foot">
          <p>
            On the air with <strong>Longwave</strong>, the podcast host that you run yourself.
          </p>
          <a href={pathOf(countingUrl(station))}>How downloads are counted</a>
          <a href={pathOf(adminUrl(station))}>Sign in</a>
        </footer>
      </body>
    </html>
  )
}
