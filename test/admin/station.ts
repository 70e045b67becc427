import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import { aShow, openStation, ownerToken, type Station } from '../station.ts'

export type Admin = Station & {
  /** Asks as a browser does on the station's own pages, with the session when `signIn` was called. */
  get(url: string): Promise<LightMyRequestResponse>
  post(
    url: string,
    fields?: Record<string, string>,
    headers?: InjectOptions['headers'],
  ): Promise<LightMyRequestResponse>
  signIn(): Promise<void>
}

/** An empty station, asked by the forms of its podcaster's page. */
export async function openAdmin(t: Test, environment: Record<string, string> = {}): Promise<Admin> {
  const station = await openStation(t, { environment })
  let cookie: Record<string, string> = {}
  const own = { accept: 'text/html', 'sec-fetch-site': 'same-origin' }
  const post: Admin['post'] = (url, fields = {}, headers = own) =>
    station.web.inject({
      method: 'POST',
      url,
      headers: { accept: 'text/html', ...cookie, ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(fields).toString(),
    })
  return {
    ...station,
    get: (url) => station.web.inject({ url, headers: { ...own, ...cookie } }),
    post,
    async signIn() {
      const [session] = (await post('/admin/sign-in', { token: ownerToken })).cookies
      cookie = { cookie: `${session?.name}=${session?.value}` }
    },
  }
}

/** What the form of a show sends; `explicit` is a box that is not ticked. */
export const { explicit: _, ...showFields } = aShow
