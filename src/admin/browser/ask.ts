import { problemWords } from './problem.ts'

/** The answer's JSON, undefined when it is empty. Throws an error with words for people. */
export async function ask(url: string, options: RequestInit = {}) {
  const response = await fetch(url, options).catch(() => {
    throw new Error('The station could not be reached. Try again in a moment.')
  })
  const body = await response.text()
  if (!response.ok) throw new Error(problemWords(response.status, body))
  return body ? JSON.parse(body) : undefined
}
