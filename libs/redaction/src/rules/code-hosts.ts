import { rule, standalone } from './rule.js';

/** Code hosts, package registries and what is deployed from them. */
export const CODE_HOST_RULES = [
  rule('github-token', ['ghp', 'gho', 'ghu', 'ghs', 'ghr'], /gh[pousr]_[A-Za-z0-9_]{20,255}/y),
  rule('github-token', ['github'], /github_pat_[A-Za-z0-9_]{22,255}/y),
  rule('gitlab-token', ['glpat', 'gldt', 'glrt', 'glcbt', 'glptt', 'glft', 'glimt', 'glagent', 'glsoat'],
    standalone(/gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|soat)-[\w.-]{20,255}/y)),
  rule('bitbucket-token', ['atbb'], standalone(/ATBB[A-Za-z0-9_=]{24,64}/y)),
  rule('npm-token', ['npm_'], standalone(/npm_[A-Za-z0-9]{30,64}/y)),
  rule('pypi-token', ['pypi'], /pypi-[\w-]{40,255}/y),
  rule('rubygems-token', ['rubygems'], /rubygems_[0-9a-f]{40,64}/y),
  rule('docker-token', ['dckr'], /dckr_(?:pat|oat)_[\w-]{24,64}/y),
  rule('huggingface-token', ['hf_'], standalone(/(?:hf_|api_org_)[A-Za-z0-9]{30,64}/y)),
] as const;
