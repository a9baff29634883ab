/** Chinese for what the moderation of a Model API says of its rules; written as in `sentences.ts`. */
export const moderationSentences: ReadonlyArray<readonly [english: string, chinese: string]> = [
  [
    'Give a word or a pattern, or a service that judges.',
    '请至少填写一个词语或匹配模式，或选择一个审核服务。',
  ],
  ['Choose a category.', '请至少选择一个类别。'],
  ['From 0 to 1.', '0 到 1 之间的数。'],
  ['Name each category once.', '每个类别只能填写一次。'],
  ['Name the category.', '请填写类别名称。'],
  ['Name the model, or leave it to the service.', '请填写模型名称，或留空由服务决定。'],
  [
    'Only APIs for text and for embeddings can be moderated.',
    '只有文本生成和向量化的 API 可以启用内容审核。',
  ],
  ['Say which texts are looked at.', '请选择要检查的文本。'],
  ['At most {} words; there are {}.', '最多 {} 个词语，现有 {} 个。'],
  ['At most {} patterns; there are {}.', '最多 {} 个匹配模式，现有 {} 个。'],
  ['Write a word.', '请填写词语。'],
  ['Write a pattern.', '请填写匹配模式。'],
  ['Remove the spaces before and after the word.', '请去掉词语前后的空格。'],
  [
    'The word has only characters that are not seen, such as zero-width spaces.',
    '该词语只含零宽空格等不可见字符。',
  ],
  [
    'The patterns are too large together: ask for fewer repetitions, or for fewer patterns.',
    '所有匹配模式合计过大：请减少重复次数或模式数量。',
  ],
  ['The pattern matches the empty text, so it would match everywhere.', '该模式可匹配空文本，因而处处匹配。'],
  [
    'The pattern is too large once its repetitions are written out: ask for fewer of them, or nest them less.',
    '展开重复后该模式过大：请减少重复次数或嵌套层数。',
  ],
  [
    'The pattern can go on for more than {} characters before it ends: shorten its repetitions.',
    '该模式结束前可能延续超过 {} 个字符：请缩短重复。',
  ],
  [
    'With the whole-word option every repetition needs a highest number: write {1,50} instead of + and {0,50} instead of *.',
    '使用整词选项时，每处重复都须有上限：请将 + 写成 {1,50}，将 * 写成 {0,50}。',
  ],
  [
    'A repetition without end may stand only at the end of a pattern: write {1,50} instead of + and {0,50} instead of * before anything that must follow.',
    '无上限的重复只能位于模式末尾：若其后还有内容，请将 + 写成 {1,50}，将 * 写成 {0,50}。',
  ],
  ['The pattern names a set of characters that does not exist: {}.', '该模式引用了不存在的字符集：{}。'],
  // What is wrong at one place of a pattern.
  ['{} (character {} of the pattern).', '{}（模式的第 {} 个字符）。'],
  ['Close the class with ]', '请用 ] 结束字符类'],
  ['Name a character between [ and ]', '请在 [ 与 ] 之间写出字符'],
  ['A range ends with one character; write \\- for a hyphen', '范围须以单个字符结束；连字符请写作 \\-'],
  ['A range begins with the lower character', '范围须以编码较小的字符开头'],
  ['Write \\\\ for a backslash', '反斜杠请写作 \\\\'],
  ['Use the whole-word option instead of {}', '请使用整词选项代替 {}'],
  ['{} has no meaning here: leave out the backslash', '{} 在此处没有含义：请去掉反斜杠'],
  [
    'Write a property as \\p{Name}, such as \\p{L} or \\p{Script=Han}',
    '字符属性请写作 \\p{名称}，例如 \\p{L} 或 \\p{Script=Han}',
  ],
  [
    'Write a character by its code as \\x41, \\u0041 or \\u{1F600}',
    '以编码表示字符请写作 \\x41、\\u0041 或 \\u{1F600}',
  ],
  ['There is no ( for this ); write \\) for the character', '此 ) 没有对应的 (；如需该字符请写作 \\)'],
  ['Patterns cannot refer back to what a group matched', '模式不能反向引用分组匹配到的内容'],
  ['One repetition follows another; put the inner one in ( )', '重复之后紧跟重复；请将内层放入 ( )'],
  [
    'Write a repetition as {3}, {3,} or {3,5}, and \\{ for the character',
    '重复请写作 {3,} 或 {3,5}，也可只写一个数；如需该字符请写作 \\{',
  ],
  ['At most {} repetitions', '最多重复 {} 次'],
  ['A repetition begins with the lower number', '重复次数须以较小的数开头'],
  [
    '{} has no meaning in texts that flow; write {} for the character',
    '{} 在连续文本中没有含义；如需该字符请写作 {}',
  ],
  ['Nothing stands before {} to be repeated', '{} 之前没有可重复的内容'],
  ['Of the groups that begin with (? only (?: is known', '以 (? 开头的分组仅支持 (?:'],
  ['Groups lie at most {} deep', '分组最多嵌套 {} 层'],
  ['Close the group with )', '请用 ) 结束分组'],
  ['Write {} for the character', '如需该字符请写作 {}'],
]
