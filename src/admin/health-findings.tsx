import type { HealthReport } from '../feeds/health/schemas.ts'

type Finding = HealthReport['findings'][number]
type Props = Readonly<{
  report: HealthReport
  /** By the episode's id. */
  titles: ReadonlyMap<string, string>
}>

/** What a check found, the worst first; what many episodes have in common stands once. */
export const HealthFindings = ({ report, titles }: Props) => (
  <div data-findings="">
    {report.probes && <p class="hint">{probeWords(report.probes)}</p>}
    {report.findings.length === 0 ? (
      <p class="hint">Nothing to object to.</p>
    ) : (
      <details open={report.counts.error > 0 || report.probes !== undefined}>
        <summary>{countWords(report.counts)}</summary>
        <ul class="findings">
          {byRule(report.findings).map((findings) => (
            <RuleItem key={findings[0]?.rule} findings={findings} titles={titles} />
          ))}
        </ul>
        {report.leftOff > 0 && <p class="hint">{report.leftOff} more of the same are not listed.</p>}
      </details>
    )}
  </div>
)

function RuleItem({ findings, titles }: Readonly<{ findings: readonly Finding[] }> & Pick<Props, 'titles'>) {
  const [first, ...others] = findings
  if (!first) return null
  return (
    <li>
      <strong class={`level ${first.level}`}>{levelWords[first.level]}</strong>{' '}
      <Words finding={first} titles={titles} /> <Source finding={first} />
      {others.length > 0 && (
        <details>
          <summary>{others.length === 1 ? '1 more episode' : `${others.length} more episodes`}</summary>
          <ul>
            {others.map((finding) => (
              <li key={finding.episodeId}>
                <Words finding={finding} titles={titles} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  )
}

const Words = ({ finding: { episodeId, message }, titles }: Readonly<{ finding: Finding }> & Pick<Props, 'titles'>) => (
  <>
    {episodeId && <em>{titles.get(episodeId) ?? 'An episode'}: </em>}
    {message}
  </>
)

const Source = ({ finding: { authority, source } }: Readonly<{ finding: Finding }>) => (
  <span class="hint">({source.startsWith('https://') ? <a href={source}>{authority}</a> : source})</span>
)

const levelWords = { error: 'Error', warning: 'Warning', hint: 'Hint' } as const

function byRule(findings: readonly Finding[]): readonly Finding[][] {
  const groups = new Map<string, Finding[]>()
  for (const finding of findings) groups.set(finding.rule, [...(groups.get(finding.rule) ?? []), finding])
  return [...groups.values()]
}

/** Like “1 error, 2 hints”. */
const countWords = ({ error, warning, hint }: HealthReport['counts']): string =>
  [many(error, 'error'), many(warning, 'warning'), many(hint, 'hint')].filter((words) => words !== '').join(', ')

const many = (count: number, word: string) => (count === 0 ? '' : `${count} ${word}${count === 1 ? '' : 's'}`)

function probeWords({ checked, unchecked }: NonNullable<HealthReport['probes']>): string {
  const fetched = `The audio of ${many(checked, 'episode') || 'no episode'} was fetched.`
  return unchecked === 0 ? fetched : `${fetched} ${many(unchecked, 'episode')} stayed unchecked.`
}
