import type { ServerResponse } from 'node:http'

/** Tells when a connection has room again, and when its client has gone. Its own events, because an answer's come later or never. */
export function watchFlow({ socket }: ServerResponse) {
  return {
    isClosed: () => socket?.destroyed ?? true,
    /** Milliseconds that it took: none where the kernel has taken all already, though the event is still to come. */
    drained(): number | Promise<number> {
      if (!socket?.writableNeedDrain || socket.writableLength === 0) return 0
      const since = performance.now()
      return new Promise((resolve) => {
        const settle = () => {
          socket.off('drain', settle).off('close', settle)
          resolve(performance.now() - since)
        }
        socket.on('drain', settle).on('close', settle)
      })
    },
    /** Calls that when the client goes. Returns the way to stop. */
    onClose(listener: () => void): () => void {
      socket?.once('close', listener)
      return () => socket?.off('close', listener)
    },
  }
}

/** The same call, made once at most: later ones get what it gave. */
export function once<T>(call: () => T): () => T {
  let given: { value: T } | undefined
  return () => {
    given ??= { value: call() }
    return given.value
  }
}
