package io.jobaudit.docs;

import java.io.IOException;
import java.util.List;
import java.util.jar.JarFile;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class BillOfMaterialsIT {

	@Test
	void theJarNamesEveryLibraryInIt() throws IOException {
		try (JarFile jar = new JarFile(System.getProperty("job-audit.jar"))) {
			String location = jar.getManifest().getMainAttributes().getValue("Sbom-Location");
			JsonNode bill = JsonMapper.shared().readTree(jar.getInputStream(jar.getEntry(location)));
			List<String> named = bill.path("components")
				.valueStream()
				.map((component) -> component.path("name").asString() + "-" + component.path("version").asString()
						+ ".jar")
				.toList();

			assertThat(bill.path("bomFormat").asString()).isEqualTo("CycloneDX");
			assertThat(libraries(jar)).hasSizeGreaterThan(50).isSubsetOf(named);
		}
	}

	private static List<String> libraries(JarFile jar) {
		return jar.stream()
			.map((entry) -> entry.getName())
			.filter((name) -> name.endsWith(".jar"))
			.map((name) -> name.substring(name.lastIndexOf('/') + 1))
			// Boot adds its own reader of the jar's layers.
			.filter((name) -> !name.startsWith("spring-boot-jarmode-tools"))
			.toList();
	}

}
