import { AppError } from '../core/errors.ts'
import type { Answer } from './render-apart.ts'
import { renderArtwork } from './render-artwork.ts'

/** A process that renders the one picture that it is sent, answers, and ends. It ends with the one that started it. */
process.once('message', async (bytes: Uint8Array) => {
  const answer = await render(Buffer.from(bytes))
  process.send?.(answer, () => process.disconnect())
})
process.once('disconnect', () => process.exit())

async function render(bytes: Buffer): Promise<Answer> {
  try {
    return { rendered: await renderArtwork(bytes) }
  } catch (error) {
    if (error instanceof AppError) return { refusal: { code: error.code, message: error.message } }
    return { trouble: (error as Error).stack ?? String(error) }
  }
}
