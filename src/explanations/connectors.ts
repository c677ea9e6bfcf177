import type { Explanation } from '../diagnostics/explanation';

/** Pages of the codes about the configuration of connectors. */
export const connectorExplanations: readonly Explanation[] = [
  {
    code: 'DEX101',
    title: 'Connector key that no Dex knows',
    reason:
      'Dex ignores keys that it does not know, silently. A misspelt restriction such as allowedGroup or orgz therefore lets everyone in who can log in at the identity provider.',
    remedy: 'Correct the spelling; the message names the key that is nearest.',
  },
  {
    code: 'DEX102',
    title: 'Connector key that this release ignores',
    reason:
      'The key exists in another version of Dex. The Dex inside this release of Pachyderm, a fork with keys of its own, does not read it and says nothing.',
    remedy: 'Do what the message says for this release, or move to one whose Dex reads the key.',
  },
  {
    code: 'DEX103',
    title: 'Connector value of the wrong kind or form',
    reason:
      'Dex refuses the connector when it decodes it, and pachd does not start with it; or it takes the value and every login fails.',
    remedy: 'Write the value in the form that the message describes.',
  },
  {
    code: 'DEX104',
    title: 'Connector key that is missing',
    reason: 'Dex refuses a connector without this key, or accepts it and no login can succeed.',
    remedy: 'Add the key.',
  },
  {
    code: 'DEX105',
    title: 'Connector type unusable at this release',
    reason:
      'The Dex inside this release does not know the type, which stops pachd with unknown connector type, or knows it and cannot log anyone in with it.',
    remedy: 'Use one of the types that the message names, or another release.',
  },
  {
    code: 'DEX106',
    title: 'Connector key in the wrong case',
    reason:
      'Go decodes JSON without regard to case, so Dex reads the key. Other tools that read the same document do not.',
    remedy: 'Write the key as Dex documents it.',
  },
  {
    code: 'DEX107',
    title: 'Connector key in two spellings',
    reason:
      'Go decodes JSON without regard to case, so keys that differ in case only are one key to Dex. It takes them one after the other and says nothing: an empty allowedgroups takes back what allowedGroups says, and everyone gets in who can log in at the identity provider.',
    remedy: 'Keep one of them, written as Dex documents it.',
  },
  {
    code: 'DEX108',
    title: 'Regular expression that Go does not know',
    reason:
      'Go\'s regular expressions have neither look-around nor back-references. Dex logs one that it cannot compile as "ignoring invalid" and starts without it: the filter for groups then drops none, and every group of a user goes into the token.',
    remedy: "Write the expression in RE2's syntax, and look for the groups that it should drop in a token.",
  },
];
