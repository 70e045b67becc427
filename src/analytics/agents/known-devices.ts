import type { AgentTable } from '../agent.ts'

/** What a user agent says of the device, the special before the general. */
export const knownDevices: AgentTable['devices'] = [
  { device: 'watch', pattern: /watch ?OS|Apple ?Watch|^Watch\/|^Garmin |\bWear ?OS\b|-Wear\//i },
  {
    device: 'speaker',
    pattern: /HomePod|^AirPodcasts\/|^Alexa|^Echo\/|Amazon;Echo|Sonos|SmartSpeaker|smart[ _]speaker/i,
  },
  {
    device: 'car',
    pattern: /Android Automotive|CarPlay|Polestar|Rivian|\bTesla\b|QtCarBrowser|gminfo|\bVolvo\b|BYD AUTO/i,
  },
  {
    device: 'tv',
    pattern:
      /Apple ?TV|apple_tv|\btvOS\b|SMART[-_ ]?TV|\bRoku\b|\bCrKey\b|Chromecast|BRAVIA|HbbTV|Google ?TV|Android ?TV|\bAFT[A-Z]|\bTV\b|PlayStation|\bps5\b|Xbox|Web0S/i,
  },
  {
    device: 'tablet',
    pattern: /\biPad|Tablet\b|\bSM-[TXP]\d|\bKF[A-Z]{3,}\b|^Mozilla\/5\.0 \([^)]*Android(?!.*Mobile)/i,
  },
  { device: 'phone', pattern: /\biPhone|\biPod|\biOS\b|CPU OS \d|Android|Windows Phone|KAIOS|\bmobile\b/i },
  {
    device: 'computer',
    pattern: /Macintosh|Mac ?OS|macOS|\bWindows\b|Win(32|64)|X11|\bLinux\b|\bCrOS\b|x86_64|Darwin\/.*arm64|Electron\//i,
  },
  { device: 'phone', pattern: /CFNetwork\// },
]
