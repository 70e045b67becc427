import type { AgentTable } from '../agent.ts'

/**
 * Those that fetch for a machine: directories and apps' servers that look into feeds and files, search engines, monitors.
 * They are asked about before the apps, because some bear an app's name; see looks-like-robot.ts for those without a row.
 */
export const knownRobots: AgentTable['robots'] = [
  { name: 'Apple Podcasts directory', pattern: /\biTMS\b|^itunesstored/i },
  { name: 'Overcast server', pattern: /^Overcast\/1\.0 Podcast Sync|^Overcast(%20| )Transcriber/ },
  { name: 'Pocket Casts server', pattern: /^Pocket ?Casts\/.*(Feed|Parser|Refresh)/i },
  { name: 'Player FM server', pattern: /PlayerFM\/.* Podcast Sync/ },
  { name: 'Spotify server', pattern: /^Spotify\/1\.0$/ },
  { name: 'Amazon Music server', pattern: /^Amazon Music Podcast|^AmazonNewsContentService/ },
  {
    name: 'Google',
    pattern: /Google-Podcast|FeedFetcher-Google|Mediapartners-Google|AdsBot|Google-NotebookLM|GoogleOther/i,
  },
  { name: 'Deezer server', pattern: /^Deezer Podcasters\// },
  { name: 'SiriusXM server', pattern: /^SiriusXM\/(RSS|STT)/ },
  { name: 'Pandora server', pattern: /^PandoraRSSCrawler/ },
  { name: 'Podverse server', pattern: /^Podverse\/Feed Parser/ },
  { name: 'Podbean server', pattern: /^Podbean(FeedReader| Importer)/ },
  { name: 'Metacast server', pattern: /^Metacast\/.* Crawler|\+metacast\.app/ },
  { name: 'Podcast Index', pattern: /PodcastIndex/i },
  { name: 'OP3', pattern: /^op3-fetcher\// },
  { name: 'Podtrac', pattern: /^Podtrac / },
  { name: 'Podscribe', pattern: /podscribe\//i },
  { name: 'Triton Digital', pattern: /^Triton Digital/ },
  { name: 'Magellan AI', pattern: /^MagellanAI\// },
  { name: 'Listen Notes', pattern: /^ListenNotes\// },
  { name: 'Podchaser server', pattern: /^Podchaser-?Parser/ },
  { name: 'Taddy', pattern: /^Taddy / },
  { name: 'Rephonic', pattern: /^Rephonic\// },
  { name: 'gpodder.net', pattern: /^mygpo-feedservice|gpodder\/detlef|^gpodder\.net/ },
  { name: 'Tiny Tiny RSS', pattern: /^Tiny Tiny RSS\// },
  { name: 'Castopod', pattern: /^Castopod\// },
  { name: 'WordPress', pattern: /^WordPress\b/ },
  { name: 'OpenAI', pattern: /GPTBot|ChatGPT-User|OAI-SearchBot/ },
  { name: 'Anthropic', pattern: /ClaudeBot|Claude-(User|Web)|anthropic-ai/i },
  { name: 'Facebook link preview', pattern: /acebookexternal|facebookcatalog|facebookplatform|meta-externalagent/i },
  {
    name: 'Link preview of iOS or macOS',
    pattern: /^(SharingUIService|ShareSheetUI|LinkPreview|com\.apple\.(Notes|mobilenotes)\b)/,
  },
  { name: 'Fediverse', pattern: /Mastodon\/|^(Misskey|Iceshrimp|gotosocial|Akkoma|Pleroma)\b/i },
  { name: 'Archive.org', pattern: /archive\.org|Archive-It/i },
  { name: 'Headless browser', pattern: /Headless|PhantomJS|Puppeteer|Playwright|Selenium/i },
  { name: 'Monitoring', pattern: /Pingdom|Uptime|StatusCake|Site24x7|Netcraft|CensysInspect|zgrab|Nmap|Nikto/i },
]
