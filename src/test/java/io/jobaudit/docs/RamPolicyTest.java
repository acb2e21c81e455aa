package io.jobaudit.docs;

import java.nio.file.Path;

import io.jobaudit.fetch.api.JobRequest;
import io.jobaudit.fetch.api.ListRequest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class RamPolicyTest {

	@Test
	void theKeyNeedsTheActionsThatAreCalledAndNoOther() {
		JsonMapper json = JsonMapper.shared();

		assertThat(json.readTree(Path.of("config/ram-policy.json"))).isEqualTo(json.readTree("""
				{"Version": "1", "Statement": [
				  {"Effect": "Allow", "Action": ["ice:%s", "ice:%s"], "Resource": "*"}]}
				""".formatted(JobRequest.ACTION, ListRequest.ACTION)));
	}

}
