import { lettering } from './lettering.ts'
import { seededRandom } from './random.ts'

/** Both sides of the picture, pixels: Apple's largest size for a show's artwork. */
export const artworkSize = 3000

const centreX = artworkSize / 2
const moonY = 1130
const horizon = 1960
const mastTop = 560
const mastFoot = horizon - 30
const cream = '#f7e6c4'

/** The sample show's cover: a longwave mast before the moon, and its waves over the sea. */
export function artworkSvg(): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${artworkSize}" height="${artworkSize}" viewBox="0 0 ${artworkSize} ${artworkSize}">
${paints}
<rect width="${artworkSize}" height="${artworkSize}" fill="url(#sky)"/>
${stars()}
${radioWaves()}
${moon}
${sea()}
${island}
${mast()}
<g stroke="${cream}">
${lettering('LONGWAVE', { centreX, top: 2510, height: 170, tracking: 104, stroke: 17 })}
</g>
<g stroke="#9fb9d3">
${lettering('AFTER DARK', { centreX, top: 2762, height: 62, tracking: 58, stroke: 8 })}
</g>
</svg>`
}

const paints = `<defs>
<linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
<stop offset="0" stop-color="#0a1230"/><stop offset="0.32" stop-color="#132450"/>
<stop offset="0.55" stop-color="#2b4675"/><stop offset="0.66" stop-color="#5f789b"/>
</linearGradient>
<radialGradient id="halo"><stop offset="0.45" stop-color="#f3dcb0" stop-opacity="0.42"/>
<stop offset="0.7" stop-color="#c9c3bd" stop-opacity="0.13"/><stop offset="1" stop-color="#8fa6c4" stop-opacity="0"/></radialGradient>
<linearGradient id="moon" x1="0" y1="0" x2="0" y2="1">
<stop offset="0" stop-color="#fbf0d8"/><stop offset="1" stop-color="#efc893"/>
</linearGradient>
<radialGradient id="lamp"><stop offset="0" stop-color="#ff6a4d" stop-opacity="0.9"/>
<stop offset="0.3" stop-color="#ff5a43" stop-opacity="0.35"/><stop offset="1" stop-color="#ff5a43" stop-opacity="0"/></radialGradient>
</defs>`

const moon = `<circle cx="${centreX}" cy="${moonY}" r="1080" fill="url(#halo)"/>
<circle cx="${centreX}" cy="${moonY}" r="480" fill="url(#moon)"/>`

/** A low island with the transmitter's house, one window lit. */
const island = `<path d="M820 ${horizon + 34} C1060 ${horizon + 20} 1180 ${horizon - 46} 1500 ${horizon - 50}
 S1960 ${horizon + 20} 2180 ${horizon + 34} Z" fill="#0a1230"/>
<path d="M1588 ${horizon - 34} v-76 l62 -44 l62 44 v76 Z" fill="#0a1230"/>
<rect x="1634" y="${horizon - 98}" width="32" height="36" rx="4" fill="#ffc978"/>`

function stars(): string {
  const random = seededRandom(198)
  const drawn = Array.from({ length: 150 }, () => {
    const x = 40 + random() * (artworkSize - 80)
    const y = 40 + random() ** 1.5 * 1500
    const radius = 2 + random() ** 4 * 5.5
    const opacity = (0.25 + random() * 0.6) * (1 - y / 1900)
    return Math.hypot(x - centreX, y - moonY) < 640
      ? ''
      : `<circle cx="${x.toFixed(0)}" cy="${y.toFixed(0)}" r="${radius.toFixed(1)}" opacity="${opacity.toFixed(2)}"/>`
  })
  return `<g fill="#fdf6e3">${drawn.join('')}</g>`
}

/** Rings round the moon, wider and fainter with the distance. */
function radioWaves(): string {
  const rings = Array.from({ length: 9 }, (_, index) => {
    const radius = 620 + index * 150 + index ** 2 * 5
    const opacity = 0.55 * 0.78 ** index
    return `<circle cx="${centreX}" cy="${moonY}" r="${radius}" stroke-width="${9 - index * 0.6}" opacity="${opacity.toFixed(3)}"/>`
  })
  return `<g fill="none" stroke="${cream}">${rings.join('')}</g>`
}

/** A guyed lattice mast with its red lamp. */
function mast(): string {
  const half = 15
  const step = 44
  const levels = Math.floor((mastFoot - mastTop) / step)
  const lattice = Array.from({ length: levels }, (_, index) => {
    const y = mastTop + index * step
    return `M${centreX - half} ${y} l${half * 2} ${step} M${centreX + half} ${y} l${-half * 2} ${step}`
  }).join('')
  const guys = [0.04, 0.36, 0.68].flatMap((height) =>
    [-1, 1].map((side) => {
      const y = mastTop + height * (mastFoot - mastTop)
      return `M${centreX} ${y} L${centreX + side * (560 - height * 380)} ${horizon + 14}`
    }),
  )
  return `<g fill="none" stroke="#0a1230" stroke-linecap="round">
<path d="M${centreX - half} ${mastTop} V${mastFoot} M${centreX + half} ${mastTop} V${mastFoot}" stroke-width="10"/>
<path d="${lattice}" stroke-width="5"/><path d="${guys.join('')}" stroke-width="4"/>
<path d="M${centreX} ${mastTop} v-90" stroke-width="9"/></g>
<circle cx="${centreX}" cy="${mastTop - 96}" r="150" fill="url(#lamp)"/>
<circle cx="${centreX}" cy="${mastTop - 96}" r="17" fill="#ff7a5c"/>`
}

/** Long swells, each nearer one deeper, with the moon's path on them. */
function sea(): string {
  const shades = ['#3d5d88', '#2f4d79', '#233e69', '#193059', '#112449', '#0b1838']
  const swells = shades.map((shade, index) => {
    const y = horizon + index * 82 + index ** 2 * 7
    return `<path d="${swell(y, { height: 10 + index * 9, length: 900 + index * 230, phase: index * 1.9 })}" fill="${shade}"/>
${index < 4 ? glints(y, index) : ''}`
  })
  return `<rect y="${horizon}" width="${artworkSize}" height="300" fill="${shades[0]}"/>${swells.join('\n')}`
}

function swell(
  y: number,
  { height, length, phase }: Readonly<{ height: number; length: number; phase: number }>,
): string {
  const points = Array.from({ length: artworkSize / 25 + 1 }, (_, index) => {
    const x = index * 25
    return `L${x} ${(y + height * Math.sin((2 * Math.PI * x) / length + phase)).toFixed(1)}`
  })
  return `M0 ${artworkSize} ${points.join(' ')} L${artworkSize} ${artworkSize} Z`
}

/** Three dashes of moonlight, one below the other, so that none crosses another. */
function glints(y: number, row: number): string {
  const random = seededRandom(1934 + row)
  const drawn = [0, 1, 2].map((line) => {
    const width = 110 + random() * (190 + row * 40)
    const x = centreX + (random() - 0.5) * (190 + row * 60) - width / 2
    const glintY = y + 40 + row * 5 + line * (21 + row * 2)
    return `<rect x="${x.toFixed(0)}" y="${glintY.toFixed(0)}" width="${width.toFixed(0)}" height="${9 + row}" rx="${(9 + row) / 2}"/>`
  })
  return `<g fill="#f6d9a6" opacity="${(0.62 - row * 0.11).toFixed(2)}">${drawn.join('')}</g>`
}
