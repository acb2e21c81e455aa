package io.jobaudit.docs;

import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.jobaudit.cli.CommandLineAccess;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.type.filter.AnnotationTypeFilter;

import static org.assertj.core.api.Assertions.assertThat;

class DocumentedSettingsTest {

	private static final Path FILE = Path.of("config/application.yml");

	@Test
	void theSampleFileSaysWhatTheDefaultsAre() throws Exception {
		StandardEnvironment documented = new StandardEnvironment();
		new YamlPropertySourceLoader().load("sample", new FileSystemResource(FILE))
			.forEach(documented.getPropertySources()::addFirst);
		StandardEnvironment empty = new StandardEnvironment();
		empty.getSystemProperties().put("audit.api.region", "cn-shanghai");

		CommandLineAccess.checkSettings(documented);
		for (Class<?> type : propertyTypes()) {
			assertThat(bind(documented, type)).as(type.getSimpleName()).isEqualTo(bind(empty, type));
		}
	}

	@Test
	void everySettingIsInTheSampleFileAndNoOther() throws Exception {
		Set<String> documented = Pattern.compile("(?m)^ +(?:# )?\"?([a-z][a-z-]*)\"?:(?: |$)")
			.matcher(Files.readString(FILE).split("(?m)^# The database")[0])
			.results()
			.map((MatchResult match) -> match.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
		documented.removeAll(Set.of("api", "ids", "datasource", "notify", "mail", "progress", "metrics", "completeness",
				"retry", "store", "limits", "report", "prices", "scale", "budgets", "bill", "booking"));

		assertThat(documented).containsExactlyInAnyOrderElementsOf(componentNames());
	}

	private static Object bind(StandardEnvironment environment, Class<?> type) {
		String prefix = type.getAnnotation(ConfigurationProperties.class).value();
		return Binder.get(environment).bindOrCreate(prefix, type);
	}

	private static Set<Class<?>> propertyTypes() throws ClassNotFoundException {
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
		scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
		Set<Class<?>> types = new HashSet<>();
		for (var candidate : scanner.findCandidateComponents("io.jobaudit")) {
			types.add(Class.forName(candidate.getBeanClassName()));
		}
		return types;
	}

	private static Set<String> componentNames() throws ClassNotFoundException {
		Set<String> names = new TreeSet<>();
		for (Class<?> type : propertyTypes()) {
			addNames(names, type);
		}
		names.removeAll(Set.of("store", "datasource", "mail"));
		return names;
	}

	private static void addNames(Set<String> names, Class<?> type) {
		for (Parameter parameter : type.getDeclaredConstructors()[0].getParameters()) {
			Name given = parameter.getAnnotation(Name.class);
			String name = (given != null) ? given.value() : parameter.getName();
			names.add(name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
			if (parameter.getType().isRecord()) {
				addNames(names, parameter.getType());
			}
		}
	}

}
