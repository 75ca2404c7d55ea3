package dev.rollbackbot.domain.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          mail          | no plan for aiko.sato+x@example.co.jp today                   | no plan for [mail] today
          mail          | mailto:愛子@例え.jp を送れません                                  | mailto:[mail] を送れません
          mail          | ａｉｋｏ＠ｅｘａｍｐｌｅ．ｃｏｍ                                       | [mail]
          mail          | to=aiko%40example.com failed                                  | to=[mail] failed
          bearer token  | Authorization: Bearer ya29.a0AfH6SMBx-1234567890              | Authorization: [secret]
          bearer token  | sent bearer 0a1b2c3d4e5f6071                                  | sent bearer [token]
          JWT           | bad eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmN | bad [token]
          JWT           | bad eyJhbGciOiJub25lIn0.eyJzdWIiOiIxMjM0In0. end              | bad [token] end
          API key       | key AIzaSyA1234567890abcdefghijklmnopqrstuv refused           | key [key] refused
          API key       | AKIAIOSFODNN7EXAMPLE and ghp_abcdefghijklmnopqrstuvwxyz012345 | [key] and [key]
          API key       | xoxb-123456789012-abcdefghijkl, sk-abcdefghijklmnop1234       | [key], [key]
          secret        | password=hunter2 user=root                                    | password=[secret] user=root
          secret        | {"api_key": "s3cr3t value", "n": 1}                           | {"api_key": [secret], "n": 1}
          secret        | DB_PASSWORD: 'a b c' used                                     | DB_PASSWORD: [secret] used
          opaque word   | sum 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15  | sum [token]
          UUID          | plan 0f8fad5b-d9cb-469f-a165-70867728950e is locked           | plan [id] is locked
          phone         | call 090-1234-5678 now                                        | call [phone] now
          phone         | call +81 90 1234 5678 now                                     | call [phone] now
          phone         | 電話 (03) 1234-5678 へ                                          | 電話 [phone] へ
          phone         | 電話０９０－１２３４－５６７８です                                    | 電話[phone]です
          long number   | For input string: "0312345678"                                | For input string: "[number]"
          long number   | card 4111 1111 1111 1111 declined                             | card [number] declined
          long number   | 個人番号１２３４５６７８９０１２                                     | 個人番号[number]
          postal code   | 〒100-0001                                                     | 〒[number]
          query string  | GET https://x.example.com/p/7?name=aiko&b=2 failed            | GET https://x.example.com/p/7?[query] failed
          query string  | GET /plans/7?mail=a HTTP/1.1                                  | GET /plans/7?[query] HTTP/1.1
          password      | postgresql://app:pa55@10.8.0.12:5432/plans is down            | postgresql://[secret]@[address]:5432/plans is down
          address       | Connection refused: /10.8.0.12:5432                           | Connection refused: /[address]:5432
          kept          | 'plan_id'                                                     | 'plan_id'
          kept          | 2 validation errors for Plan on 2026-11-24 at 02:51:07        | 2 validation errors for Plan on 2026-11-24 at 02:51:07
          kept          | status 500 after 12 of 300 rows, is that it? yes              | status 500 after 12 of 300 rows, is that it? yes
          kept          | no such file: /usr/local/lib/python3.12/site-packages/a/b.py  | no such file: /usr/local/lib/python3.12/site-packages/a/b.py
          """)
  void takesOutWhatLooksLikeData(String kind, String message, String left) {
    assertThat(Redaction.of(message)).isEqualTo(left);
  }

  @Test
  void aKeyTakesEverythingBehindItAlong() {
    assertThat(Redaction.of("bad -----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END"))
        .isEqualTo("bad [key]");
  }

  @Test
  void isOneLineOfAtMostTwoHundred() {
    String left = Redaction.of("愛\n".repeat(500));

    assertThat(left).hasSize(Redaction.LONGEST).endsWith("…").doesNotContain("\n");
    assertThat(Redaction.of("a \n b")).isEqualTo("a b");
  }

  @Test
  void aTokenAtTheCutDoesNotShowItsFirstHalf() {
    String cut = "eyJhbGciOiJIUzI1NiJ9.".repeat(180) + " end";

    assertThat(Redaction.of("x ".repeat(120) + cut)).doesNotContain("eyJ");
    assertThat(Redaction.of("e".repeat(9_000))).isEqualTo("[…]");
  }

  @Test
  void whatWasTakenOutStaysSo() {
    String once = Redaction.of("token=abc aiko@example.com 090-1234-5678 /p?x=1 10.0.0.1");

    assertThat(Redaction.of(once)).isEqualTo(once);
  }
}
