// Writes what bash needs to complete the command line, from the same table as its help.
import type { Command, Option } from 'commander';

type Word = Readonly<{ path: string; command: Command }>;

/** The text of a completion file for bash. */
export function bashCompletion(program: Command): string {
  const words: readonly Word[] = [{ path: '', command: program }, ...commandsOf(program, '')];
  const paths = words.slice(1).map(({ path }) => `'${path}'`);
  return `# Completes the command line of onlooker in bash. Generated from the table of commands by "npm run generate": do not edit.
_onlooker() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]} path='' words='' files='' index
  for ((index = 1; index < COMP_CWORD; index++)); do
    case "$path \${COMP_WORDS[index]}" in
      ${paths.join(' | ')}) path+=" \${COMP_WORDS[index]}" ;;
    esac
  done
  case "$path $before" in
${valueCases(words).join('\n')}
    *)
      case "$path" in
${words.map(wordCase).join('\n')}
      esac
      ;;
  esac
  mapfile -t COMPREPLY < <(
    compgen -W "$words" -- "$word"
    if [[ $files ]]; then compgen "$files" -- "$word"; fi
  )
  if [[ $files ]]; then compopt -o filenames 2>/dev/null; fi
}
complete -F _onlooker onlooker
`;
}

function commandsOf(parent: Command, path: string): readonly Word[] {
  return parent.commands.flatMap((command) => {
    const inner = `${path} ${command.name()}`;
    return [{ path: inner, command }, ...commandsOf(command, inner)];
  });
}

/** After an option with a value comes that value and nothing else. */
function valueCases(words: readonly Word[]): readonly string[] {
  return words.flatMap(({ path, command }) =>
    optionsOf(command)
      .filter(({ required }) => required)
      .map((option) => {
        const patterns = namesOf(option).map((name) => `'${path} ${name}'`);
        const choices = option.argChoices === undefined ? '' : ` words='${option.argChoices.join(' ')}'`;
        return `    ${patterns.join(' | ')})${choices}${filesCalled(option.flags)} ;;`;
      }),
  );
}

function wordCase({ path, command }: Word): string {
  const names = command.commands.map((inner) => inner.name());
  const choices = command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []);
  const words = [...names, ...choices, ...optionsOf(command).flatMap(namesOf)];
  const values = command.registeredArguments.map((argument) => `<${argument.name()}>`).join(' ');
  return `        '${path}') words='${words.join(' ')}'${filesCalled(values)} ;;`;
}

function optionsOf(command: Command): readonly Option[] {
  return command.createHelp().visibleOptions(command);
}

function namesOf({ short, long }: Option): readonly string[] {
  return [short, long].filter((name) => name !== undefined);
}

/** What the table calls a file or a folder is completed as one; a place or source may be one, and a camera lies in /dev. */
function filesCalled(flags: string): string {
  if (/<(file|path|place|source|camera|recording|scenario)>/.test(flags)) return ' files=-f';
  return flags.includes('<folder>') ? ' files=-d' : '';
}
