import type { Test } from 'tap'
import { openStation, type Station } from '../station.ts'

export type Site = Station & { get: Ask }

type Ask = (
  url: string,
  headers?: Record<string, string>,
) => Promise<Readonly<{ status: number; headers: Record<string, unknown>; body: string }>>

/** An empty station, asked as a browser asks. */
export async function openSite(t: Test): Promise<Site> {
  const station = await openStation(t)
  const get: Ask = async (url, headers = {}) => {
    const answer = await station.web.inject({ url, headers: { accept: 'text/html', ...headers } })
    return { status: answer.statusCode, headers: answer.headers, body: answer.body }
  }
  return { ...station, get }
}
