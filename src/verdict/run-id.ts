/** Alike in all jobs of one run, a job that is repeated included: the user's own, then those of GitHub, GitLab, Azure, Buildkite. */
const variables = [
  'CHAT_CONFORMANCE_RUN_ID',
  'GITHUB_RUN_ID',
  'CI_PIPELINE_ID',
  'BUILD_BUILDID',
  'BUILDKITE_BUILD_ID',
] as const;

/** The id that the shards of one run share, where the environment gives one. */
export function runIdOf(env: Record<string, string | undefined>): string | undefined {
  return variables.map((name) => env[name]).find((value) => value !== undefined && value !== '');
}
