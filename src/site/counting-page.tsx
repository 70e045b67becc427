import { countingUrl } from '../core/addresses.ts'
import type { Config, CountWindow } from '../core/config.ts'
import { renderPage } from './layout.tsx'

/** What of a station's settings this page tells. */
type Counting = Pick<Config, 'publicUrl' | 'countWindow' | 'keepHitsDays' | 'userAgentsFile'>

const guidelines = 'https://github.com/IABTechLab/Podcast-Technical-Measurement'

const windows: Record<CountWindow, string> = {
  'first-touch':
    'All that one listener asks of an episode within 24 hours of the first request is one download, however often they pause, seek or start again (IAB’s “first-touch” window).',
  'last-touch':
    'All that one listener asks of an episode is one download, until they have asked for nothing of it for 24 hours (IAB’s “last-touch” window).',
  'calendar-day':
    'All that one listener asks of an episode on one calendar day is one download (IAB’s “calendar-day” window).',
}

/** How this station counts downloads, in plain words, for podcasters, advertisers and listeners. */
export function countingPage(station: Counting): string {
  return renderPage({
    station,
    title: 'How downloads are counted',
    head: <link rel="canonical" href={countingUrl(station)} />,
    children: (
      <article class="notes plain">
        <h1>How downloads are counted</h1>
        <p>
          This station counts by the{' '}
          <a href={guidelines}>podcast measurement guidelines of the IAB Tech Lab, version 2.3</a>. It has not been
          certified by them. The same rules are applied to every show and to every day.
        </p>

        <h2>What a download is</h2>
        <p>
          A download is counted when this station has handed out enough of an episode for a minute of sound, and what
          stands before the sound in the file (title, cover, chapters). Of episodes shorter than a minute it is the
          whole file. Parts that are fetched one by one are put together first, and what is fetched twice counts once.
        </p>
        <p>{windows[station.countWindow]} The download belongs to the day on which that began.</p>
        <p>
          A listener is an internet address together with the program that asks. Six people behind one address with the
          same app are one listener; one person at home and on the train may be two. That is as near as anybody can come
          without following people.
        </p>

        <h2>What is not counted</h2>
        <ul>
          <li>
            requests that hand out nothing: questions for the size of a file, answers that say “unchanged”, failures
          </li>
          <li>probes of a byte or two, by which players find out whether a file can be read in parts</li>
          <li>
            robots: search engines, monitors, and programs that are made of a script or a library; programs that do not
            say who they are, or nothing that makes sense
          </li>
          <li>an Apple Watch that fetches again what its iPhone has fetched</li>
          <li>browsers and pages that fetch whole episodes before anybody has pressed play</li>
          <li>what a content delivery network fetches for itself</li>
        </ul>
        <p>
          Robots, apps and devices are told by what they say of themselves,{' '}
          {station.userAgentsFile
            ? 'by a list that who runs this station has chosen.'
            : 'by a list that comes with the software of this station.'}{' '}
          Robots that say they are something else are counted. Requests from data centres and through VPNs are not
          filtered: we know of no list of them that free software may pass on. Nor are addresses that ask for very much:
          one is one listener for each app and episode, however often it asks.
        </p>

        <h2>Delivered, and asked for</h2>
        <p>
          Where a listener is sent on to a content delivery network or a store, this station does not see what is handed
          out there. Such a request is counted when it asks for the beginning of the file, or for a minute of it.
          Reports tell these downloads, “asked”, from those whose bytes are known, “delivered”.
        </p>

        <h2>Private links</h2>
        <p>
          Downloads by the private links of a show count like all others. What is written down says which link was used,
          never the link itself.
        </p>

        <h2>When numbers change</h2>
        <p>
          Every request is written down first and counted afterwards, within a minute. One that becomes known late, from
          the log of a content delivery network for instance, is counted on the day on which it happened. When the rules
          or the time zone of a show change, all that is still written down is counted anew; days before that stay as
          they are. So numbers of past days may change, and the same requests always give the same numbers.
        </p>

        <h2>Apps, countries, and how far people listen</h2>
        <p>
          Countries are looked up offline, from the address, in a table of who was given which addresses. It is good for
          countries and for nothing finer. A download is called “streaming” when it was fetched bit by bit, and
          “download” when the whole file was fetched at once, to keep. How far an episode is heard is told by which
          parts of it were fetched: apps fetch ahead, so fewer may have heard it.
        </p>

        <h2>What is known of you</h2>
        <p>
          Your address is not stored. In its place stands a key that nobody can turn back into the address, and that is
          another one every month, so that nobody can be followed for longer. There are no cookies and no pixels in the
          audio. Single requests are deleted after {station.keepHitsDays} days; the numbers of downloads stay.
        </p>
      </article>
    ),
  })
}
