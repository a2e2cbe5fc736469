/** What the test runner or npm left in the environment, and users have not. */
const foreign =
  /^(npm_(?!config_registry|config_cafile)|CHAT_CONFORMANCE_|PW_|PLAYWRIGHT_|TEST_|NODE_OPTIONS|FORCE_COLOR|GITHUB_)/i;

/** The environment of this process as a user has it. */
export function cleanEnv(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}
