/** No server takes a request whose line would be longer. */
export const longestLineBytes = 64 * 1024

/**
 * The lines of a text, without their ends, one after the other; undefined for one that is too long. The last one need not have an
 * end. In memory is never more than a chunk and one line.
 */
export async function* readLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<string | undefined> {
  const line = new Line()
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(newLine); end !== -1; end = chunk.indexOf(newLine, start)) {
      line.add(chunk.subarray(start, end))
      yield line.take()
      start = end + 1
    }
    line.add(chunk.subarray(start))
  }
  if (line.bytes > 0) yield line.take()
}

const newLine = '\n'.charCodeAt(0)

/** The line that is being read, as far as it has come. */
class Line {
  bytes = 0
  #parts: Buffer[] = []

  add(part: Buffer): void {
    this.bytes += part.length
    if (this.bytes <= longestLineBytes) this.#parts.push(part)
    else this.#parts = []
  }

  take(): string | undefined {
    const [first, ...others] = this.#parts
    const whole = others.length === 0 ? first : Buffer.concat(this.#parts)
    const text = this.bytes > longestLineBytes ? undefined : (whole?.toString() ?? '').replace(/\r$/, '')
    this.bytes = 0
    this.#parts = []
    return text
  }
}
