/**
 * Makes the pictures of src/site/assets/cover, the cover of a show that has none of its own, in each size that pages use:
 * `npx tsc && node dist/scripts/make-cover.js`. What it writes is committed.
 */
import { mkdir } from 'node:fs/promises'
import sharp from 'sharp'
import { defaultArtworkSizes } from '../src/shows/artwork.ts'

const folder = 'src/site/assets/cover'

const size = 1400
const lamp = { x: size / 2, y: 520 }
const horizon = 1130

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${size}" height="${size}">
<defs>
<linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
<stop offset="0" stop-color="#0a1230"/><stop offset="0.6" stop-color="#1c3363"/><stop offset="0.82" stop-color="#4a6690"/>
</linearGradient>
<radialGradient id="glow"><stop offset="0" stop-color="#ffb27a" stop-opacity="0.95"/>
<stop offset="0.25" stop-color="#ff8a5c" stop-opacity="0.35"/><stop offset="1" stop-color="#ff8a5c" stop-opacity="0"/></radialGradient>
</defs>
<rect width="${size}" height="${size}" fill="url(#sky)"/>
${waves()}
<circle cx="${lamp.x}" cy="${lamp.y}" r="190" fill="url(#glow)"/>
<path d="M0 ${horizon} Q350 ${horizon - 70} 700 ${horizon - 26} T1400 ${horizon - 30} V1400 H0 Z" fill="#152a55"/>
<path d="M0 ${horizon + 110} Q420 ${horizon + 20} 820 ${horizon + 84} T1400 ${horizon + 50} V1400 H0 Z" fill="#0a1230"/>
${mast()}
<circle cx="${lamp.x}" cy="${lamp.y}" r="26" fill="#ff7a5c"/>
</svg>`

await mkdir(folder, { recursive: true })
for (const side of defaultArtworkSizes) {
  const picture = sharp(Buffer.from(drawing)).flatten().resize(side)
  await picture.clone().jpeg({ quality: 66, mozjpeg: true }).toFile(`${folder}/${side}.jpg`)
  await picture.clone().webp({ quality: 75, effort: 6 }).toFile(`${folder}/${side}.webp`)
}

/** Rings round the lamp, fainter with the distance. */
function waves(): string {
  const rings = Array.from({ length: 8 }, (_, index) => {
    const radius = 130 + index * 112
    return `<circle cx="${lamp.x}" cy="${lamp.y}" r="${radius}" stroke-width="${9 - index * 0.7}" opacity="${(0.8 * 0.76 ** index).toFixed(3)}"/>`
  })
  return `<g fill="none" stroke="#f7e6c4">${rings.join('')}</g>`
}

function mast(): string {
  const foot = horizon + 60
  const halfAt = (y: number) => 9 + ((y - lamp.y) / (foot - lamp.y)) * 62
  const levels = Array.from({ length: 10 }, (_, index) => lamp.y + ((foot - lamp.y) * index) / 10)
  const braces = levels.map((y, index) => {
    const below = levels[index + 1] ?? foot
    return `M${lamp.x - halfAt(y)} ${y} L${lamp.x + halfAt(below)} ${below} M${lamp.x + halfAt(y)} ${y} L${lamp.x - halfAt(below)} ${below}`
  })
  const legs = [-1, 1].map((side) => `M${lamp.x + side * 9} ${lamp.y} L${lamp.x + side * halfAt(foot)} ${foot}`)
  return `<path d="${legs.join(' ')}" stroke="#0a1230" stroke-width="13" stroke-linecap="round"/>
<path d="${braces.join(' ')}" stroke="#0a1230" stroke-width="6" fill="none"/>`
}
