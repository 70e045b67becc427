import t from 'tap'
import { type Agent, agentOf } from '../../src/analytics/agent.ts'
import { rememberAgents } from '../../src/analytics/remember-agents.ts'

const iPhone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'
const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)'
const android = 'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko)'

/** User agent, app, device, kind. */
const cases: [string, string, Agent['device'], Agent['kind']][] = [
  ['Podcasts/1650.20 CFNetwork/1333.0.4 Darwin/21.5.0', 'Apple Podcasts', 'phone', 'app'],
  ['Podcasts/4023.510.2 model/iPhone12,1 hwp/t8030 build/22G100 (6; dt:202) AMS/1', 'Apple Podcasts', 'phone', 'app'],
  ['Podcasts/1410.53 CFNetwork/1111 Darwin/19.0.0 (x86_64)', 'Apple Podcasts', 'computer', 'app'],
  ['AirPodcasts/4022.700.8 CFNetwork/1410.0.3 Darwin/22.6.0', 'Apple Podcasts', 'speaker', 'app'],
  ['Подкасты/1530.3 CFNetwork/1209 Darwin/20.2.0', 'Apple Podcasts', 'phone', 'app'],
  ['%E6%92%AD%E5%AE%A2/1530.3 CFNetwork/1209 Darwin/20.2.0', 'Apple Podcasts', 'phone', 'app'],
  [Buffer.from('播客/1530.3').toString('latin1'), 'Apple Podcasts', 'unknown', 'app'],
  ['AppleCoreMedia/1.0.0.20G75 (iPhone; U; CPU OS 16_6 like Mac OS X; en_us)', 'AppleCoreMedia', 'phone', 'library'],
  ['AppleCoreMedia/1.0.0.17A860 (iPad; U; CPU OS 13_1_2 like Mac OS X; en_us)', 'AppleCoreMedia', 'tablet', 'library'],
  ['AppleCoreMedia/1.0.0.19A583 (Macintosh; U; Intel Mac OS X 10_15; en_us)', 'AppleCoreMedia', 'computer', 'library'],
  ['AppleCoreMedia/1.0.0.20K71 (Apple TV; U; CPU OS 16_1 like Mac OS X; en_au)', 'AppleCoreMedia', 'tv', 'library'],
  [
    'AppleCoreMedia/1.0.0.20L498 (HomePod; U; CPU OS 16_4 like Mac OS X; en_us)',
    'AppleCoreMedia',
    'speaker',
    'library',
  ],
  [
    'AppleCoreMedia/1.0.0.20R380 (Apple Watch; U; CPU OS 9_0 like Mac OS X; en_us)',
    'AppleCoreMedia',
    'watch',
    'library',
  ],
  ['iTunes/12.10.9 (Windows; Microsoft Windows 10 x64) AppleWebKit/7609.3005.1003.3', 'iTunes', 'computer', 'app'],
  ['iTMS', 'Apple Podcasts directory', 'unknown', 'robot'],
  ['Spotify/8.9.86 iOS/17.6 (iPhone14,5)', 'Spotify', 'phone', 'app'],
  ['Spotify/8.9.80 Android/34 (SM-S911B)', 'Spotify', 'phone', 'app'],
  ['Spotify/1.0', 'Spotify server', 'unknown', 'robot'],
  ['Overcast/3.0 (+http://overcast.fm/; iOS podcast app)', 'Overcast', 'phone', 'app'],
  ['Overcast (+http://overcast.fm/; Apple Watch podcast app)', 'Overcast', 'watch', 'app'],
  ['Overcast/1.0 Podcast Sync (6 subscribers; feed-id=1; +http://overcast.fm/)', 'Overcast server', 'unknown', 'robot'],
  ['Pocket%20Casts/7.96.0.4 CFNetwork/3826.600.41 Darwin/24.6.0', 'Pocket Casts', 'phone', 'app'],
  ['AntennaPod/3.11.2', 'AntennaPod', 'phone', 'app'],
  ['Castro 2019.13/1167', 'Castro', 'phone', 'app'],
  ['CastBox/8.19.0-200927161 (Linux;Android 10) ExoPlayerLib/2.10.4', 'Castbox', 'phone', 'app'],
  ['PodcastAddict/v5 ( https://podcastaddict.com/; Android podcast app)', 'Podcast Addict', 'phone', 'app'],
  [
    'Podcast Addict - Dalvik/2.1.0 (Linux; U; Android 9; SM-G960F Build/PPR1.180610.011)',
    'Podcast Addict',
    'phone',
    'app',
  ],
  ['PodcastGuru 2.0.1', 'Podcast Guru', 'phone', 'app'],
  ['Fountain/0.3.8 ios https://www.fountain.fm', 'Fountain', 'phone', 'app'],
  [`Podverse/Android Mobile App/${android} Chrome/105.0 Mobile Safari/537.36`, 'Podverse', 'phone', 'app'],
  ['Podverse/Feed Parser', 'Podverse server', 'unknown', 'robot'],
  ['TrueFans/1.0.1', 'TrueFans', 'unknown', 'app'],
  [
    'com.google.android.apps.youtube.music/62354340 (Linux; U; Android 14; en_US; Pixel 7 Pro)',
    'YouTube Music',
    'phone',
    'app',
  ],
  ['GooglePodcasts/2.0.10 iPhone/14.6 hw/iPhone12_1', 'Google Podcasts', 'phone', 'app'],
  [
    'Mozilla/5.0 (X11; Linux aarch64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/90.0 Safari/537.36 CrKey/1.56.500000 DeviceType/SmartSpeaker',
    'Google Assistant',
    'speaker',
    'app',
  ],
  ['AmazonMusic/9.16.0 iPhone12,1 CFNetwork/1128.0.1 Darwin/19.6.0', 'Amazon Music', 'phone', 'app'],
  ['Amazon Music Podcast', 'Amazon Music server', 'unknown', 'robot'],
  ['AlexaMediaPlayer/vizzini.locked.38.0 (Linux;Android 5.1.1) ExoPlayerLib/1.5.9', 'Alexa', 'speaker', 'app'],
  ['iHeartRadio/9.20.0 (iPhone; iOS 13.4.1; iPhone11,8)', 'iHeart', 'phone', 'app'],
  ['TuneIn Radio/24.2 (Linux;Android 10) ExoPlayerLib/2.11.4', 'TuneIn', 'phone', 'app'],
  ['Deezer/6.2.2.80 (Android; 9; Mobile; fr) samsung SM-G950F', 'Deezer', 'phone', 'app'],
  ['Downcast/2.9.57 (Mac OS X Version 10.15.7 (Build 19H15))', 'Downcast', 'computer', 'app'],
  ['Player%20FM/588 CFNetwork/1121.2.2 Darwin/19.2.0', 'Player FM', 'phone', 'app'],
  ['Podbean/iOS (http://podbean.com) 5.2.0 - 19c4ff292bd09cd2ccbad22cc6755a45', 'Podbean', 'phone', 'app'],
  ['Stitcher/Android', 'Stitcher', 'phone', 'app'],
  ['gPodder/3.11.4 (+http://gpodder.org/) Linux', 'gPodder', 'computer', 'app'],
  ['Kasts/22.09; Syndication', 'Kasts', 'unknown', 'app'],
  ['VLC/3.0.21 LibVLC/3.0.21', 'VLC', 'unknown', 'app'],
  ['Sonos/70.3', 'Sonos', 'speaker', 'app'],
  ['Roku/DVP-9.10 (499.10E04121A)', 'Roku', 'tv', 'app'],
  ['Garmin fenix 6 Pro/26.0', 'Garmin', 'watch', 'app'],
  ['Spotify/8.6.98 Android/29 (Polestar2)', 'Spotify', 'car', 'app'],
  [`${windows} Chrome/131.0.0.0 Safari/537.36`, 'Chrome', 'computer', 'browser'],
  [`${windows} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0`, 'Edge', 'computer', 'browser'],
  [`${windows} Chrome/130.0.0.0 Safari/537.36 OPR/115.0.0.0`, 'Opera', 'computer', 'browser'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0', 'Firefox', 'computer', 'browser'],
  [`${iPhone} Version/17.6 Mobile/15E148 Safari/604.1`, 'Safari', 'phone', 'browser'],
  [`${android} Chrome/131.0.0.0 Mobile Safari/537.36`, 'Chrome', 'phone', 'browser'],
  [
    'Mozilla/5.0 (Linux; Android 13; SM-X700) AppleWebKit/537.36 Chrome/131.0 Safari/537.36',
    'Chrome',
    'tablet',
    'browser',
  ],
  [
    'Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 Version/16.6 Safari/604.1',
    'Safari',
    'tablet',
    'browser',
  ],
  [
    'Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) AppleWebKit/537.36 Chrome/76.0 TV Safari/537.36',
    'Chrome',
    'tv',
    'browser',
  ],
  ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'Robot', 'unknown', 'robot'],
  [`${windows} HeadlessChrome/131.0.0.0 Safari/537.36`, 'Headless browser', 'unknown', 'robot'],
  ['Mozilla/5.0', 'Robot', 'unknown', 'robot'],
  ['curl/8.5.0', 'Robot', 'unknown', 'robot'],
  ['Wget/1.21.3', 'Robot', 'unknown', 'robot'],
  ['Lavf/59.27.100', 'FFmpeg', 'unknown', 'robot'],
  ['okhttp/4.12.0', 'okhttp', 'unknown', 'robot'],
  ['Go-http-client/2.0', 'Go', 'unknown', 'robot'],
  ['node', 'Node', 'unknown', 'robot'],
  ['episode-transcriber/0.3', 'Robot', 'unknown', 'robot'],
  ['Tweetbot/53300 CFNetwork/1335.0.3 Darwin/21.6.0', 'Unknown', 'phone', 'unknown'],
  ['Dalvik/2.1.0 (Linux; U; Android 13; SM-G991U Build/TP1A.220624.014)', 'Dalvik', 'phone', 'library'],
  ['Castria/1.0 (+https://castria.example)', 'Unknown', 'unknown', 'unknown'],
  ['', 'Unknown', 'unknown', 'unknown'],
]

for (const [userAgent, app, device, kind] of cases) t.same(agentOf(userAgent), { app, device, kind }, userAgent)

t.test('no user agent is nobody', async (t) => {
  t.same(agentOf(undefined), { app: 'Unknown', device: 'unknown', kind: 'unknown' })
})

t.test('a user agent without end is looked at by its beginning', async (t) => {
  t.equal(agentOf(`AntennaPod/${'9'.repeat(1_000_000)} Googlebot/2.1`).app, 'AntennaPod')
})

t.test('answers are remembered, and the oldest forgotten', async (t) => {
  const remembered = rememberAgents()
  t.equal(remembered('AntennaPod/3.11.2'), remembered('AntennaPod/3.11.2'))
  t.equal(remembered(undefined), remembered(''))
})
