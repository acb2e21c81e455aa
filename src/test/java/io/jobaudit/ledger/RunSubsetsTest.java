package io.jobaudit.ledger;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;

import io.jobaudit.Account;
import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import io.jobaudit.ids.BadInputException;
import io.jobaudit.ids.CsvInput;
import io.jobaudit.ids.InputLine.RequestedId;
import io.jobaudit.ids.ReadLines;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunSubsetsTest {

	private final JdbcClient jdbc = JdbcClient.create(TestPostgres.migratedDatabase());

	private final RunSubsets parts = new RunSubsets(this.jdbc);

	@BeforeEach
	void givenARunOfEachOutcomeAndState() {
		this.jdbc
			.sql("""
					insert into audit.audit_run (account, region, status, input_source, input_sha256, started_at, version, settings)
					select 'default', 'cn-shanghai', 'COMPLETED', 'ids.csv', 'x', now(), '1', '{}' from generate_series(1, 2);
					insert into audit.audit_item (run_id, item_no, job_id, outcome, labels) values
					  (1, 1, 'fine', 'FETCHED', '{"team":"a"}'), (1, 2, 'failed', 'UNCHANGED', '{"job_id":"x","team":"=b"}'),
					  (1, 3, 'open', 'FETCHED', '{}'), (1, 4, 'stateless', 'FETCHED', '{}'), (1, 5, 'unknown', 'NOT_FOUND', '{}'),
					  (1, 6, 'refused', 'REFUSED', '{}'), (1, 7, 'garbled', 'UNREADABLE', '{}'), (1, 8, 'forgotten', 'EXPIRED', '{}'),
					  (1, 9, 'pending', null, '{}'), (2, 1, 'other-run', 'UNREADABLE', '{}');
					insert into audit.smart_job (account, job_id, state, usage_status, raw, first_run_id, last_run_id, fetched_at)
					select 'default', id, state, 'ABSENT', '{}', 1, 1, now()
					from (values ('fine', 'Finished'), ('failed', 'Failed'), ('open', 'Executing'), ('stateless', null), ('forgotten', 'Finished'),
					  ('pending', 'Executing')) as j (id, state)
					""")
			.update();
	}

	@ParameterizedTest
	@CsvSource({ "UNREADABLE,garbled", "FAILED,failed", "NOT_FINAL,open stateless", "NOT_FOUND,unknown",
			"REFUSED,refused", "EXPIRED,forgotten" })
	void aPartHasItsIdsAndNoOthers(RunSubsets.RunSubset part, String ids) {
		assertThat(read(this.parts.ids(new Account("default"), new RunId(1), part)).stream()
			.map((line) -> line.id().value())).containsExactly(ids.split(" "));
	}

	@Test
	void labelsAreKeptWhateverTheyAreCalled() {
		CsvInput input = this.parts.ids(new Account("default"), new RunId(1), RunSubsets.RunSubset.FAILED);

		assertThat(read(input).get(0).labels()).containsOnly(Map.entry("job_id", "x"), Map.entry("team", "=b"));
		assertThat(input.source()).isEqualTo("failed of run 1");
	}

	@Test
	void whatThereIsNotIsTold() {
		assertThatThrownBy(() -> this.parts.ids(new Account("default"), new RunId(2), RunSubsets.RunSubset.NOT_FINAL))
			.isInstanceOf(BadInputException.class)
			.hasMessage("run 2 has no ids that are not-final");
		assertThatThrownBy(() -> this.parts.ids(new Account("default"), new RunId(3), RunSubsets.RunSubset.FAILED))
			.isInstanceOf(BadInputException.class)
			.hasMessageContaining("no run 3");
		assertThatThrownBy(() -> this.parts.ids(new Account("other"), new RunId(1), RunSubsets.RunSubset.FAILED))
			.isInstanceOf(BadInputException.class)
			.hasMessageContaining("account other has no run 1");
		this.jdbc.sql("update audit.audit_run set purged_at = now()").update();
		assertThatThrownBy(() -> this.parts.ids(new Account("default"), new RunId(1), RunSubsets.RunSubset.FAILED))
			.isInstanceOf(BadInputException.class)
			.hasMessageContaining("were purged");
	}

	private static List<RequestedId> read(CsvInput input) {
		assertThat(input.files()).allSatisfy((file) -> assertThat(Files.exists(file.path())).isTrue());
		return ReadLines.of(input).stream().map(RequestedId.class::cast).toList();
	}

}
