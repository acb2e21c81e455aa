package io.jobaudit.schema;

import java.io.IOException;

import io.jobaudit.TestPostgres;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page on the schema says what the comments in the database say.
 * <p>
 * After a migration let the test write the page:
 * {@code ./mvnw test -Dtest=SchemaPageTest -Djob-audit.schema.rewrite=true}.
 */
class SchemaPageTest {

	@Test
	void itsTablesAreThoseOfTheDatabase() throws IOException {
		// given
		SchemaPage page = SchemaPage.read();
		// when
		SchemaPage generated = page.with(SchemaTables.of(TestPostgres.migratedDatabase()));
		if (Boolean.getBoolean("job-audit.schema.rewrite")) {
			generated.write();
		}
		// then
		assertThat(SchemaPage.read().text()).isEqualTo(generated.text());
	}

}
