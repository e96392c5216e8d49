import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Names that would give the core or shared an own clock, randomness or network. */
const impure = [
  'Date',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'performance',
  'XMLHttpRequest',
  'WebSocket',
  'process',
  'Buffer',
];

const forbiddenCalls = [
  {
    selector: "MemberExpression[property.name='innerHTML']",
    message: 'innerHTML is never written.',
  },
  {
    selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
    message: 'innerHTML is never written.',
  },
  {
    selector: "MemberExpression[property.name='openExternal']",
    message: 'openExternal is not used.',
  },
  {
    selector: "MemberExpression[property.name='executeJavaScript']",
    message: 'executeJavaScript is not used.',
  },
  { selector: 'ExportDefaultDeclaration', message: 'No default exports.' },
  {
    selector:
      'CallExpression[callee.property.name=/^(prepare|exec)$/] > TemplateLiteral.arguments[expressions.length>0]',
    message: 'No dynamic SQL: prepared statements with parameters only.',
  },
  {
    selector:
      'CallExpression[callee.property.name=/^(prepare|exec)$/] > BinaryExpression.arguments',
    message: 'No dynamic SQL: prepared statements with parameters only.',
  },
];

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'out/**',
      'node_modules/**',
      'test-results/**',
      'playwright-report/**',
      'renderer/ui/theme/**',
      'screenshots/**',
    ],
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.recommended],
    languageOptions: {
      parserOptions: {
        project: './tsconfig.json',
        tsconfigRootDir: new URL('../..', import.meta.url).pathname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false } },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      'no-restricted-syntax': ['error', ...forbiddenCalls],
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
    },
  },
  {
    files: ['electron/core/**/*.ts', 'shared/**/*.ts'],
    rules: {
      // `new Date(text)` of a value that came in is data; `Date.now()` and `new Date()` are a clock.
      'no-restricted-globals': ['error', ...impure.filter((name) => name !== 'Date')],
      'no-restricted-syntax': [
        'error',
        ...forbiddenCalls,
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: 'No clock of its own: take a Clock.',
        },
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'No clock of its own: take a Clock.',
        },
        {
          selector: "CallExpression[callee.name='Date']",
          message: 'No clock of its own: take a Clock.',
        },
        {
          selector: "MemberExpression[object.name='Math'][property.name='random']",
          message: 'No randomness of its own: take a Random.',
        },
      ],
    },
  },
  {
    files: ['renderer/**/*.ts', 'renderer/**/*.tsx'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    // A tool's configuration is a default export by the tool's own rule.
    files: ['test/config/*.config.*', 'test/config/eslint.config.js'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    // Tests may be long lists of cases; the product may not.
    files: ['test/**/*.ts', 'test/**/*.tsx'],
    rules: {
      'max-lines': ['error', { max: 500 }],
      '@typescript-eslint/no-floating-promises': 'error',
    },
  },
);
