import type { AgentTable } from '../agent.ts'

const isRobot = true

/**
 * Software that others build on, where a user agent says no more than that. Players' libraries are people's; those of
 * scripts and servers are robots, as OPAWG's list and OP3 have it.
 */
export const knownLibraries: AgentTable['libraries'] = [
  { name: 'AppleCoreMedia', pattern: /^AppleCoreMedia\b/ },
  { name: 'ExoPlayer', pattern: /ExoPlayer|^Exo2\/|AndroidXMedia3|^ExoMedia/ },
  { name: 'stagefright', pattern: /stagefright\// },
  { name: 'Android download', pattern: /^AndroidDownloadManager|^FileDownloader\b|^PRDownloader/ },
  { name: 'Dalvik', pattern: /^Dalvik\b/ },
  { name: 'just_audio', pattern: /^just_audio\/|^assets_audio_player/ },
  { name: 'react-native-track-player', pattern: /^react-native-track-player/ },
  { name: 'GStreamer', pattern: /GStreamer/ },
  { name: 'libsoup', pattern: /^libsoup\/|^gvfs\// },
  { name: 'KaiOS', pattern: /^KaiOS\b/i },
  { name: 'ESP32', pattern: /^ESP32\b/ },
  { name: 'FFmpeg', pattern: /^Lavf/, isRobot },
  { name: 'okhttp', pattern: /^okhttp\b/i, isRobot },
  { name: 'Python', pattern: /^python|aiohttp|urllib|^httpx/i, isRobot },
  { name: 'Go', pattern: /^Go-http-client|^go-resty|^colly\b/i, isRobot },
  { name: 'Java', pattern: /^Java(-http-client)?\/|Apache-HttpClient|^AHC\/|^Jakarta|^ktor-client/i, isRobot },
  { name: 'Node', pattern: /^(node|undici|node-fetch|axios|got|superagent|Bun|Deno)\b/i, isRobot },
  {
    name: 'Ruby',
    pattern: /^(Ruby|Faraday|HTTParty|rest-client|http\.rb|Typhoeus|Mechanize|CarrierWave|Down)\b/i,
    isRobot,
  },
  { name: 'PHP', pattern: /^(PHP|GuzzleHttp|Symfony HttpClient|SimplePie)\b/i, isRobot },
  { name: 'Rust', pattern: /^(reqwest|ureq|hyper)\//, isRobot },
  { name: 'Perl', pattern: /libwww-perl|^LWP|^HTTP-Tiny/i, isRobot },
  { name: 'PowerShell', pattern: /PowerShell\//, isRobot },
  { name: 'Dart', pattern: /^Dart\//, isRobot },
  { name: 'Lua', pattern: /^lua-|^resty-/i, isRobot },
  { name: 'aria2', pattern: /^aria2\//, isRobot },
  { name: 'HTTPie', pattern: /^HTTPie\//, isRobot },
  { name: 'CFNetwork', pattern: /^CFNetwork\// },
]
