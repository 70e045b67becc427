import { settings } from './config.ts'

/** What the AWS SDK and PostgreSQL's client read by themselves, and where systemd puts secrets. */
const alsoOurs = /^(AWS_|PG[A-Z]|CREDENTIALS_DIRECTORY$)/

/** An environment for a program that is not ours: without the station's settings and without all that may hold its secrets. */
export function commandEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = new Set(settings.flatMap(({ name }) => [name, `${name}_FILE`]))
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !own.has(name) && !alsoOurs.test(name)))
}
