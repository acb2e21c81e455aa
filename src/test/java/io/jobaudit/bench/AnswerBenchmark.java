package io.jobaudit.bench;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Arrays;

import com.sun.management.ThreadMXBean;
import io.jobaudit.SmartJobId;
import io.jobaudit.fetch.api.ReadBody;
import io.jobaudit.normalize.SmartJobNormalizer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an answer costs between the wire and the row, in one thread.
 * {@code ./mvnw test -Pbench -Dtest=AnswerBenchmark}
 */
@Tag("bench")
class AnswerBenchmark {

	private static final Logger LOG = LoggerFactory.getLogger(AnswerBenchmark.class);

	private static final int ROUNDS = 15;

	private static final SmartJobId ASKED = new SmartJobId("0123456789abcdef0123456789abcdef");

	private static final String PART = "{\"content\":\"Tickets are often very expensive, \u4f46\u5f88\u5feb\u552e\u7f44.\""
			+ ",\"from\":1.0,\"to\":1.846},";

	private final SmartJobNormalizer normalizer = new SmartJobNormalizer(false);

	private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	/** Keeps the work from being optimized away. */
	private long seen;

	@ParameterizedTest
	@CsvSource({ "818, 4000", "2000000, 12" })
	void timeAndMemoryOfAnAnswer(int size, int answers) {
		byte[] answer = answer(size);

		Cost parse = cost(answers, () -> this.seen += ReadBody.of(answer).body().size());
		Cost row = cost(answers,
				() -> this.seen += this.normalizer.normalize(ASKED, ReadBody.of(answer), Instant.EPOCH).raw().length());

		LOG.info("an answer of {} bytes: parsed in {} ns with {} bytes allocated; to its row {} ns, {} bytes", size,
				parse.nanos(), parse.bytes(), row.nanos(), row.bytes());
		assertThat(this.seen).isPositive();
	}

	/** The median of rounds, the first third of which warms up. */
	private Cost cost(int times, Runnable work) {
		long[] nanos = new long[ROUNDS];
		long allocated = 0;
		for (int round = -ROUNDS / 2; round < ROUNDS; round++) {
			long bytesBefore = this.thread.getCurrentThreadAllocatedBytes();
			long begin = System.nanoTime();
			for (int i = 0; i < times; i++) {
				work.run();
			}
			nanos[Math.max(0, round)] = (System.nanoTime() - begin) / times;
			allocated = (this.thread.getCurrentThreadAllocatedBytes() - bytesBefore) / times;
		}
		Arrays.sort(nanos);
		return new Cost(nanos[ROUNDS / 2], allocated);
	}

	/** A finished job whose AiResult fills the answer up to a size. */
	private static byte[] answer(int size) {
		JsonMapper json = JsonMapper.shared();
		ObjectNode answer = json.createObjectNode();
		answer.put("RequestId", "3A1B2C3D-0000-1111-2222-334455667788").put("JobId", ASKED.value());
		answer.put("State", "Finished").put("UserData", "{\"show\":\"evening-7\"}").put("Output", "{}");
		ObjectNode info = answer.putObject("SmartJobInfo");
		info.put("JobType", "ASR").put("Title", "Episode 7").put("CreateTime", "2026-10-25T17:30:00Z");
		info.put("ModifiedTime", "2026-10-25T17:33:00Z").put("UserId", "1974526000");
		info.putObject("InputConfig")
			.put("InputFile", "http://media-bucket.oss-cn-shanghai.aliyuncs.com/in/episode-7.mp4")
			.put("JobParameters", "{\"duration\":\"00:30:00\"}");
		ObjectNode result = answer.putObject("JobResult");
		result.put("Usage", "{\"total_tokens\":1234}").put("AiResult", "");
		int missing = size - json.writeValueAsBytes(answer).length;
		int part = json.writeValueAsBytes(PART).length - 2;
		String text = PART.repeat(missing / part) + "x".repeat(missing % part);
		result.put("AiResult", text);
		byte[] bytes = json.writeValueAsBytes(answer);
		assertThat(bytes).hasSize(size);
		return bytes;
	}

	private record Cost(long nanos, long bytes) {
	}

}
