type Glyph = Readonly<{ width: number; path: string }>

/** Capitals as strokes, 100 units high, drawn here so that the picture needs no font. */
const glyphs: Readonly<Record<string, Glyph>> = {
  A: { width: 84, path: 'M0 100 L42 0 L84 100 M16 64 H68' },
  D: { width: 80, path: 'M0 0 H32 A48 50 0 0 1 32 100 H0 Z' },
  E: { width: 58, path: 'M58 0 H0 V100 H58 M0 50 H50' },
  F: { width: 58, path: 'M58 0 H0 V100 M0 52 H48' },
  G: { width: 94, path: 'M84 17 A50 50 0 1 0 94 54 H58' },
  K: { width: 70, path: 'M0 0 V100 M68 0 L0 62 M24 42 L70 100' },
  L: { width: 56, path: 'M0 0 V100 H56' },
  N: { width: 76, path: 'M0 100 V0 L76 100 V0' },
  O: { width: 100, path: 'M50 0 A50 50 0 1 0 50 100 A50 50 0 1 0 50 0 Z' },
  R: { width: 66, path: 'M0 100 V0 H36 A28 28 0 0 1 36 56 H0 M34 56 L66 100' },
  T: { width: 72, path: 'M0 0 H72 M36 0 V100' },
  V: { width: 84, path: 'M0 0 L42 100 L84 0' },
  W: { width: 124, path: 'M0 0 L31 100 L62 0 L93 100 L124 0' },
  ' ': { width: 50, path: '' },
}

type Place = Readonly<{ centreX: number; top: number; height: number; tracking: number; stroke: number }>

/** One line of capitals as an SVG group, centred. Sizes are in pixels; `tracking` is the room between two letters. */
export function lettering(text: string, { centreX, top, height, tracking, stroke }: Place): string {
  const scale = height / 100
  const letters = [...text].map(glyphOf)
  const width = letters.reduce((sum, glyph) => sum + glyph.width * scale + tracking, -tracking)
  let x = centreX - width / 2
  const paths = letters.map(({ width, path }) => {
    const placed = `<path d="${path}" transform="translate(${x.toFixed(1)} ${top}) scale(${scale})"/>`
    x += width * scale + tracking
    return placed
  })
  const strokeInGlyph = (stroke / scale).toFixed(2)
  return `<g fill="none" stroke-width="${strokeInGlyph}" stroke-linecap="round" stroke-linejoin="round">${paths.join('')}</g>`
}

function glyphOf(letter: string): Glyph {
  const glyph = glyphs[letter]
  if (!glyph) throw new Error(`No strokes are drawn for “${letter}” yet: add them to the glyphs`)
  return glyph
}
