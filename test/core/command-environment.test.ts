import t from 'tap'
import { commandEnvironment } from '../../src/core/command-environment.ts'
import { settings } from '../../src/core/config.ts'

t.test('a program that is not ours gets what it needs, and none of our settings and secrets', async (t) => {
  const ours = [
    ...settings.flatMap(({ name }) => [name, `${name}_FILE`]),
    'AWS_SESSION_TOKEN',
    'AWS_PROFILE',
    'PGPASSWORD',
    'CREDENTIALS_DIRECTORY',
  ]
  const others = ['PATH', 'HOME', 'LANG', 'OPENAI_API_KEY', 'HF_HOME', 'CUDA_VISIBLE_DEVICES', 'PAGER']
  const environment = Object.fromEntries([...ours, ...others].map((name) => [name, 'value']))
  t.same(Object.keys(commandEnvironment(environment)), others)
})
