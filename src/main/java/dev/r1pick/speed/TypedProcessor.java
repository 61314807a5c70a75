package dev.r1pick.speed;

import dev.r1pick.text.Counts;
import dev.r1pick.text.Text;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A processor as people name it: with the number of sockets before or behind, with the makers'
/// names in Chinese.
///
/// @param sockets 1 to 8
/// @param name in the makers' Latin words, without the number of sockets
record TypedProcessor(int sockets, String name) {
  /// The processor that somebody names; a plain name, as the program itself gives them, costs
  /// nothing.
  static TypedProcessor of(String typed) {
    return isPlain(typed) ? new TypedProcessor(1, typed) : Words.read(typed);
  }

  /// Latin, without a number in front or an `x2` behind.
  private static boolean isPlain(String typed) {
    for (int i = 0; i < typed.length(); i++) {
      if (typed.charAt(i) > '~') {
        return false;
      }
    }
    String name = typed.strip().toLowerCase(Locale.ROOT);
    int times = name.lastIndexOf('x');
    boolean counted = times >= 0 && times < name.length() - 1 && times >= name.length() - 3;
    return !name.isEmpty()
        && !Character.isDigit(name.charAt(0))
        && !name.startsWith("dual")
        && !counted;
  }

  /// As the screens show it: `2x EPYC 9654`.
  String shown() {
    return sockets == 1 ? name : sockets + "x " + name;
  }

  /// What people write beside a name. Made only where somebody does, since each run would pay for
  /// it.
  private static final class Words {
    private static final int MOST_SOCKETS = 8;

    /// What makers call their processors in China, longer words before their parts; an empty word
    /// tells nothing of the memory.
    private static final List<Word> WORDS =
        List.of(
            new Word("鲲鹏", "Kunpeng"),
            new Word("飞腾", "Phytium"),
            new Word("腾云", ""),
            new Word("腾锐", ""),
            new Word("龙芯", "Loongson"),
            new Word("海光", "Hygon"),
            new Word("兆芯", "Zhaoxin"),
            new Word("开先", ""),
            new Word("开胜", "KaiSheng"),
            new Word("锐龙", "Ryzen"),
            new Word("霄龙", "EPYC"),
            new Word("线程撕裂者", "Threadripper"),
            new Word("撕裂者", "Threadripper"),
            new Word("速龙", "Athlon"),
            new Word("至强", "Xeon"),
            new Word("铂金", "Platinum"),
            new Word("金牌", "Gold"),
            new Word("银牌", "Silver"),
            new Word("铜牌", "Bronze"),
            new Word("酷睿", "Core"),
            new Word("奔腾", "Pentium"),
            new Word("赛扬", "Celeron"),
            new Word("凌动", "Atom"),
            new Word("骁龙", "Snapdragon"),
            new Word("树莓派", "Raspberry Pi"),
            new Word("瑞芯微", "Rockchip"),
            new Word("英特尔", "Intel"),
            new Word("超威", "AMD"),
            new Word("华为", ""),
            new Word("苹果", "Apple"),
            new Word("台式机", "desktop"),
            new Word("台式", "desktop"),
            new Word("笔记本电脑", "laptop"),
            new Word("笔记本", "laptop"),
            new Word("服务器", "server"),
            new Word("工作站", "workstation"),
            new Word("处理器", ""));

    private record Word(String han, String latin) {}

    private static final Pattern BEFORE =
        Pattern.compile("^(?:([0-9]{1,2}|[双两二四八])\\s*[路颗块个枚]|([2-8])\\s?x|(dual)\\b)\\s*");

    private static final Pattern BEHIND =
        Pattern.compile("\\s*(?:(?:\\b|(?<=\\s))x\\s?([2-8])|([0-9]|[双两二四八])\\s*[路颗块个枚])$");

    static TypedProcessor read(String typed) {
      String name = latin(Text.narrow(typed).replace('×', 'x').strip());
      for (Pattern pattern : List.of(BEFORE, BEHIND)) {
        Matcher count = pattern.matcher(name.toLowerCase(Locale.ROOT));
        if (count.find()) {
          int sockets = sockets(count);
          if (sockets > 0) {
            String rest = name.substring(0, count.start()) + name.substring(count.end());
            return new TypedProcessor(sockets, rest.strip());
          }
        }
      }
      return new TypedProcessor(1, name);
    }

    /// 0 where it is no number of sockets.
    private static int sockets(Matcher count) {
      for (int group = 1; group <= count.groupCount(); group++) {
        String number = count.group(group);
        if (number != null) {
          int sockets = Counts.of(number);
          return sockets <= MOST_SOCKETS ? sockets : 0;
        }
      }
      return 0;
    }

    private static String latin(String text) {
      String latin = text;
      for (Word word : WORDS) {
        latin = latin.replace(word.han(), " " + word.latin() + " ");
      }
      return latin.equals(text) ? text : String.join(" ", Text.words(latin));
    }

    private Words() {}
  }
}
