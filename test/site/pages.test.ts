import t from 'tap'
import type { Chapter } from '../../src/shows/chapter.ts'
import type { ChapterList } from '../../src/shows/chapter-list.ts'
import { renderNotes } from '../../src/shows/notes.ts'
import { episodePage } from '../../src/site/episode-page.tsx'
import { errorPage } from '../../src/site/error-page.tsx'
import { homePage } from '../../src/site/home-page.tsx'
import { pageOf } from '../../src/site/paging.ts'
import { showPage } from '../../src/site/show-page.tsx'
import { speechPeaks } from '../fixtures/speech-peaks.ts'
import { episodeView, showView, station } from './views.ts'

const hostile = `</script></title><script>alert(1)</script><img src=x onerror="alert(1)"> "&' $& $\``

const allOn = (items: ReturnType<typeof episodeView>[]) => pageOn(items, items.length, 1)

const pageOn = (items: ReturnType<typeof episodeView>[], total: number, page: number) =>
  pageOf({ items, total }, page) as NonNullable<ReturnType<typeof pageOf<(typeof items)[number]>>>

const chapterList = (chapters: readonly Chapter[], mayBeOff = false): ChapterList => ({
  chapters,
  origin: 'api',
  mayBeOff,
})

const linkedDataOf = (html: string) =>
  JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1] ?? '')

t.test('hostile names stay text in every page', async (t) => {
  const show = showView({ title: hostile, author: hostile, description: hostile, copyright: hostile })
  const episode = episodeView({ title: hostile })
  const chapters = chapterList([{ startSeconds: 0, title: hostile, url: `https://example.com/${hostile}` }])
  const transcript = { language: 'en', origin: 'text/vtt', mayBeOff: false, files: [] }
  const paragraphs = [{ startSeconds: 0, endSeconds: 1, speaker: hostile, body: hostile }]
  const neighbour = { title: hostile, pageUrl: episode.pageUrl }
  const pages = {
    show: showPage(station, { show, episodes: allOn([episode]) }),
    episode: episodePage(station, {
      show,
      episode,
      previous: neighbour,
      next: neighbour,
      chapters: { ...chapters, chapters: [{ startSeconds: 0, title: hostile }] },
    }),
    texts: episodePage(station, { show, episode: episodeView({ transcript }), chapters, paragraphs }),
    home: homePage(station, { shows: [show], latest: [episode] }),
    'home of many': homePage(station, { shows: [show, { ...show, id: 'other' }] }),
    error: errorPage(station, { status: 404, title: 'Not Found', detail: hostile }),
  }
  for (const [name, html] of Object.entries(pages)) {
    t.notMatch(html, '<script>', name)
    t.notMatch(html, '<img src=x', name)
    t.notMatch(html, /<[^>]* (on\w+|style)=/, `${name}: nothing inline, which the content security policy refuses`)
    t.equal(html.split('</head>').length, 2, name)
  }
  t.equal(linkedDataOf(pages.episode).name, hostile, 'the linked data has the very words')
})

t.test('hostile show notes were made harmless before they are shown', async (t) => {
  const notesHtml = renderNotes(
    '# Hi\n<script>alert(1)</script><a href="javascript:alert(1)" onclick="x()">go</a>\n\n[ok](https://example.com)',
  )
  const html = episodePage(station, { show: showView(), episode: episodeView({ notesHtml }) })
  t.notMatch(html, 'alert(1)</script>')
  t.notMatch(html, 'javascript:')
  t.notMatch(html, 'onclick')
  t.match(html, '<h3>Hi</h3>')
  t.match(html, 'href="https://example.com"')
})

t.test('an episode page tells people and programs what it holds', async (t) => {
  const html = episodePage(station, { show: showView({ language: 'de' }), episode: episodeView() })
  t.match(html, '<html lang="de">')
  t.match(html, '<title>To Narvik · Night Trains</title>')
  t.match(html, '<link rel="canonical" href="https://radio.example.com/shows/night-trains/episodes/to-narvik"')
  t.match(html, 'type="application/rss+xml"')
  t.match(html, '<meta property="og:audio" content="https://radio.example.com/audio/episode-1/to-narvik.mp3"')
  t.match(html, '<time dateTime="2026-02-03T04:05:06.000Z">3. Februar 2026</time>'.replace('dateTime', 'datetime'))
  t.match(html, /Season 2.*Episode 7/)
  t.match(html, /href="\/download\/episode-1\/to-narvik\.mp3".*12\.3 MB/)
  t.match(linkedDataOf(html), {
    '@type': 'PodcastEpisode',
    episodeNumber: 7,
    partOfSeason: { seasonNumber: 2 },
    description: 'At 12:34 it snows.',
    timeRequired: 'PT1029S',
    associatedMedia: { contentUrl: 'https://radio.example.com/audio/episode-1/to-narvik.mp3' },
    partOfSeries: { '@type': 'PodcastSeries', name: 'Night Trains' },
  })
})

t.test('the player works without scripts and loads nothing by itself', async (t) => {
  const html = episodePage(station, { show: showView(), episode: episodeView() })
  t.match(html, /<audio controls preload="none" src="\/audio\/episode-1\/to-narvik\.mp3"/)
  t.match(html, /<div class="controls" data-controls[^>]* hidden>/)
  for (const part of ['data-player', 'data-play', 'data-seek', 'data-time', 'data-duration', 'data-speed']) {
    t.match(html, new RegExp(` ${part}[ =/>]`), part)
  }
})

t.test('the seek bar has the waveform as its picture, and is a plain bar without', async (t) => {
  const props = { show: showView(), episode: episodeView() }
  const chapters = chapterList([
    { startSeconds: 0, title: 'Departure' },
    { startSeconds: 257.25, title: 'Snow & ice' },
    { startSeconds: 300, title: 'Silent', isHidden: true },
  ])
  const html = episodePage(station, { ...props, peaks: speechPeaks(1029), chapters })
  t.match(html, /<svg class="shape" aria-hidden="true".*<clipPath id="waveform" clipPathUnits="objectBoundingBox">/)
  t.match(html, '<line x1="25.000%" x2="25.000%" y2="100%" data-mark="257.25" data-title="Snow &amp; ice"')
  t.match(html, /<input type="range" class="dial" data-seek[^>]* aria-label="Position" min="0" max="1029" step="any"/)
  t.notMatch(html, 'Silent')
  t.notMatch(html, / style=/)
  const plain = episodePage(station, props)
  t.notMatch(plain, 'waveform')
  t.notMatch(plain, '<line')
  t.match(plain, 'class="dial" data-seek')
})

t.test('a cover comes in the size and form that suit the browser, and moves nothing when it comes', async (t) => {
  const show = showView()
  const pages = {
    episode: episodePage(station, { show, episode: episodeView() }),
    show: showPage(station, { show, episodes: allOn([]) }),
    home: homePage(station, { shows: [show] }),
    'home of many': homePage(station, { shows: Array.from({ length: 6 }, (_, id) => ({ ...show, id: String(id) })) }),
  }
  const sources = (extension: string) =>
    [1400, 600, 300].map((size) => `/artwork/a/${size}.${extension} ${size}w`).join(', ')
  for (const [name, html] of Object.entries(pages)) {
    t.match(html, `<source type="image/webp" srcset="${sources('webp')}" sizes="`, name)
    t.match(html, `<img class="artwork" src="/artwork/a/600.jpg" srcset="${sources('jpg')}" sizes="`, name)
    t.notMatch(html, /<img(?![^>]* width="\d+" height="\d+")/, name)
  }
  t.match(pages.episode, `data-artwork="${sources('jpg')}"`)
  t.match(pages.episode, '<meta property="og:image" content="https://radio.example.com/artwork/a/1400.jpg"')
  t.equal(pages['home of many'].match(/loading="lazy"/g)?.length, 2, 'what is below the first rows waits')
  const old = episodeView({ artworkUrl: `${station.publicUrl}/artwork/a/cover.png`, artworkSizes: [] })
  const html = episodePage(station, { show, episode: old })
  t.match(html, '<img class="artwork" src="/artwork/a/cover.png"')
  t.notMatch(html, '<source')
  t.match(html, 'data-artwork="/artwork/a/cover.png"')
})

t.test('chapters are shown with picture and link, and play from there; hidden ones are not', async (t) => {
  const chapters = chapterList([
    { startSeconds: 0, title: 'Hello' },
    { startSeconds: 10, isHidden: true, title: 'Silent' },
    { startSeconds: 754.5, url: 'https://www.example.com/snow', imageUrl: 'https://example.com/snow.jpg' },
  ])
  const html = episodePage(station, { show: showView(), episode: episodeView(), chapters })
  t.match(html, /<li data-start="0"><a class="chapter" href="#t=0">.*0:00.*Hello/)
  t.match(html, /<a class="chapter" href="#t=754.5">.*12:34.*<img src="https:\/\/example.com\/snow.jpg" alt.*Chapter 2/)
  t.match(html, /<a class="more" href="https:\/\/www.example.com\/snow"[^>]*>example.com</)
  t.notMatch(html, 'Silent')
  t.notMatch(html, 'may be off')
  const off = chapterList(chapters.chapters, true)
  t.match(episodePage(station, { show: showView(), episode: episodeView(), chapters: off }), 'times may be off')
  const hidden = chapterList(chapters.chapters.slice(1, 2))
  for (const none of [hidden, undefined]) {
    t.notMatch(episodePage(station, { show: showView(), episode: episodeView(), chapters: none }), 'id="chapters"')
  }
})

t.test('a transcript is read on the page by turns, and offered in its forms', async (t) => {
  const files = [{ type: 'text/vtt', url: `${station.publicUrl}/episodes/episode-1/transcript.vtt` }]
  const transcript = { language: 'no', origin: 'text/vtt', mayBeOff: true, files }
  const paragraphs = [
    { startSeconds: 0, endSeconds: 2, speaker: 'Ada', body: 'Hello.' },
    { startSeconds: 62, endSeconds: 64, speaker: 'Bob', body: 'Snow?' },
  ]
  const html = episodePage(station, { show: showView(), episode: episodeView({ transcript }), paragraphs })
  t.match(html, /<details class="transcript"/)
  t.match(
    html,
    /lang="no" data-moments.*<cite>Ada<\/cite>.*Hello\..*data-start="62".*<cite>Bob<\/cite>.*#t=62.*1:02.*Snow\?/,
  )
  t.match(html, 'times may be off')
  t.match(html, '<a href="/episodes/episode-1/transcript.vtt">WebVTT</a>')
  t.match(html, /<track kind="captions" src="\/episodes\/episode-1\/transcript.vtt" srclang="no"/i)
  const long = episodePage(station, { show: showView(), episode: episodeView({ transcript }) })
  t.notMatch(long, '<details class="transcript"', 'a long one has its own page')
  t.match(long, '>WebVTT</a>')
  t.notMatch(episodePage(station, { show: showView(), episode: episodeView() }), /Transcript|<track/)
})

t.test('marks say what an episode is', async (t) => {
  const html = episodePage(station, {
    show: showView({ explicit: true }),
    episode: episodeView({ type: 'trailer', season: null, number: null }),
  })
  t.match(html, '<span>Trailer</span>')
  t.match(html, '<span>Explicit</span>')
  t.notMatch(html, 'Season')
})

t.test('pages say so when there is nothing to show', async (t) => {
  t.match(homePage(station, { shows: [] }), /waits for its first show.*href="\/admin"/s)
  t.match(homePage(station, { shows: [showView()] }), 'first episode is still to come')
  t.match(showPage(station, { show: showView(), episodes: allOn([]) }), 'Nothing is on the air yet')
  t.match(episodePage(station, { show: showView(), episode: episodeView({ notesHtml: '' }) }), 'has no notes')
})

t.test('a long show is told in pages', async (t) => {
  const episodes = Array.from({ length: 30 }, (_, index) => episodeView({ id: String(index), title: `Night ${index}` }))
  const first = showPage(station, { show: showView(), episodes: pageOn(episodes, 65, 1) })
  t.match(first, '<link rel="next" href="https://radio.example.com/shows/night-trains?page=2"')
  t.notMatch(first, 'rel="prev"')
  t.equal(first.match(/<article>/g)?.length, 30)
  const second = showPage(station, { show: showView(), episodes: pageOn(episodes, 65, 2) })
  t.match(second, '<link rel="canonical" href="https://radio.example.com/shows/night-trains?page=2"')
  t.match(second, '<link rel="prev" href="https://radio.example.com/shows/night-trains"')
  t.match(second, '(page 2)</title>')
  t.notMatch(showPage(station, { show: showView(), episodes: pageOn(episodes.slice(25), 65, 3) }), 'rel="next"')
})
