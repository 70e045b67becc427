import type { ShowView } from '../shows/schemas.ts'
import { subscribeLinks } from './subscribe-links.ts'

/** The ways to follow a show: its feed, and links that open it in an app. */
export const Subscribe = ({ show }: Readonly<{ show: ShowView }>) => (
  <section class="subscribe" aria-labelledby="subscribe">
    <h2 id="subscribe">Follow the show</h2>
    <ul>
      {subscribeLinks(show).map(({ app, href }) => (
        <li key={app}>
          <a class="button" href={href}>
            {app}
          </a>
        </li>
      ))}
    </ul>
    <p>
      In any other app, add this address: <a href={show.feedUrl}>RSS feed</a>
    </p>
    <code class="address">{show.feedUrl}</code>
    <CopyButton text={show.feedUrl} label="Copy feed address" />
  </section>
)

/** Copies a text; the script `copy` shows it. */
export const CopyButton = ({ text, label }: Readonly<{ text: string; label: string }>) => (
  <button type="button" class="button" data-copy={text} aria-live="polite" hidden>
    {label}
  </button>
)

/** What feed readers look for on a page. */
export const FeedLink = ({ show }: Readonly<{ show: ShowView }>) => (
  <link rel="alternate" type="application/rss+xml" title={show.title} href={show.feedUrl} />
)
