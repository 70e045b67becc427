import type { AgentTable } from '../agent.ts'

/** Browsers: those that call themselves Chrome or Safari as well stand before these. */
export const knownBrowsers: AgentTable['browsers'] = [
  { name: 'Opera', pattern: /\bOPR\/|\bOPT\/|\bOPiOS\/|^Opera\// },
  { name: 'Edge', pattern: /\bEdg(e|A|iOS)?\// },
  { name: 'Samsung Internet', pattern: /\bSamsungBrowser\// },
  { name: 'Vivaldi', pattern: /\bVivaldi\// },
  { name: 'Brave', pattern: /\bBrave\b/ },
  { name: 'DuckDuckGo', pattern: /\bDuckDuckGo\b|\bDdg\// },
  { name: 'Yandex Browser', pattern: /\bYaBrowser\// },
  { name: 'Silk', pattern: /\bSilk\// },
  { name: 'Firefox', pattern: /\bFirefox\/|\bFxiOS\/|\bFocus\// },
  { name: 'Chrome', pattern: /\bChrom(e|ium)\/|\bCriOS\// },
  { name: 'Internet Explorer', pattern: /\bMSIE |\bTrident\// },
  { name: 'Safari', pattern: /^Mozilla\/5\.0 .*AppleWebKit\/.*\bSafari\/|^(Mobile)?Safari\// },
  { name: 'Web view', pattern: /^Mozilla\/5\.0 \(.*AppleWebKit\// },
]
