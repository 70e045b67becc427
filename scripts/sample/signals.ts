import { render, type Sound, sampleRateHz, silence } from './sound.ts'

/** The Greenwich Time Signal: six pips of 1 kHz, a second apart. The hour begins where the last and longest one begins. */
export function pips(): Sound {
  return keyed(
    1000,
    [0, 1, 2, 3, 4, 5].map((second) => ({ atSeconds: second, seconds: second === 5 ? 0.5 : 0.1 })),
  )
}

/** International Morse (ITU-R M.1677): a dash is three dots long; one dot between marks, three between letters, seven between words. */
export function morse(text: string, { wordsPerMinute = 16, hertz = 620 } = {}): Sound {
  // "PARIS ", the word by which speed is told, is 50 dots long.
  const dotSeconds = 60 / (50 * wordsPerMinute)
  let atSeconds = 0
  const marks: Mark[] = []
  for (const letter of text.toUpperCase()) {
    if (letter === ' ') {
      atSeconds += 4 * dotSeconds
      continue
    }
    for (const sign of morseOf(letter)) {
      const seconds = (sign === '-' ? 3 : 1) * dotSeconds
      marks.push({ atSeconds, seconds })
      atSeconds += seconds + dotSeconds
    }
    atSeconds += 2 * dotSeconds
  }
  return keyed(hertz, marks)
}

type Mark = Readonly<{ atSeconds: number; seconds: number }>

const letters =
  'A.- B-... C-.-. D-.. E. F..-. G--. H.... I.. J.--- K-.- L.-.. M-- N-. O--- P.--. Q--.- R.-. S... T- U..- V...- W.-- X-..- Y-.-- Z--..'
const morseAlphabet = new Map(letters.split(' ').map((entry) => [entry.slice(0, 1), entry.slice(1)]))

function morseOf(letter: string): string {
  const signs = morseAlphabet.get(letter)
  if (!signs) throw new Error(`Morse is written here with the letters A to Z only, not with “${letter}”`)
  return signs
}

/** A tone that is switched on for each mark, with ramps of 6 ms so that it does not click. */
function keyed(hertz: number, marks: readonly Mark[]): Sound {
  const last = marks.at(-1)
  const sound = silence(last ? last.atSeconds + last.seconds : 0)
  for (const { atSeconds, seconds } of marks) {
    const tone = render(seconds, (time) => {
      const ramp = Math.min(1, time / 0.006, (seconds - time) / 0.006)
      return ramp * Math.sin(2 * Math.PI * hertz * time)
    })
    sound.set(
      tone.subarray(0, sound.length - Math.round(atSeconds * sampleRateHz)),
      Math.round(atSeconds * sampleRateHz),
    )
  }
  return sound
}
