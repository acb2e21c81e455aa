package io.jobaudit.notify;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.jobaudit.ReportTexts;
import io.jobaudit.notify.Findings.Cost;
import io.jobaudit.notify.Findings.FailureKind;
import io.jobaudit.notify.Findings.PreviousList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What a message says in Chinese, and what stays as programs read it. */
class ChineseNotificationTest {

	private static final NotificationText TEXT = chinese(
			RunNotifications.findings(List.of(new FailureKind("ASR", "(no code)", 12)), new PreviousList(16, 400)));

	@Test
	void aMessageIsInChinese() {
		assertThat(TEXT.headline()).isEqualTo("job-audit：运行 17，账号 default：已完成，但无法读取的 ID 过多，失败任务 150 个，新增失败类型 1 个");
		assertThat(TEXT.lines()).containsExactly("退出码 3：已完成，但无法读取的 ID 过多",
				"主机 audit-1，账号 default，地域 cn-shanghai，用时 0:43:10", "990 个 ID = 已获取 950 + 不存在 35 + 无法读取 5", "格式错误的行 2 行",
				"清单有 990 个 ID，而运行 16 时有 400 个（+148 %）", "失败任务 150 个：NoVoice（80），Quota（40），TooLong（20），其他（10）",
				"新增：ASR （无错误码）（12）", "1,234,567 Token，费用 CNY 1,012.35 + JPY 1,201");
	}

	@ParameterizedTest
	@EnumSource
	void eachFormatHasTheChineseHeadline(WebhookFormat format) {
		JsonNode body = format.body(TEXT, null, Instant.EPOCH);

		assertThat(body.toString()).contains(TEXT.headline());
		assertThat(body.findPath("status").asString("complete, too many unreadable ids"))
			.isEqualTo("complete, too many unreadable ids");
		assertThat(body.toString()).doesNotContain("en_us");
	}

	@Test
	void aMailHasTheAnswerInItsLanguageOrElseInEnglish() {
		Findings inBoth = new Findings(Map.of("en", List.of("No job failed."), "zh-CN", List.of("没有任务失败。")),
				new Cost(null, new TreeMap<>()), Map.of(), List.of(), List.of(), 0, List.of(), null);
		MailBody inEnglishOnly = MailBody.of(TEXT, List.of());

		assertThat(MailBody.of(chinese(inBoth), List.of()).html()).contains("<html lang=\"zh-CN\">", ">没有任务失败。<");
		assertThat(MailBody.of(RunNotifications.inEnglish(RunNotifications.of(0, inBoth, null)), List.of()).html())
			.contains("<html lang=\"en\">", ">No job failed.<");
		assertThat(inEnglishOnly.html()).contains("Run 17 asked for 990 ids.", "失败任务（按错误码）", ">（无错误码）<", ">ASR，（无错误码）<",
				">合计<");
	}

	private static NotificationText chinese(Findings findings) {
		return new NotificationText(RunNotifications.of(3, findings, null), ReportTexts.ZH_CN);
	}

}
