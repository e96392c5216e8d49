import java.io.File;
import java.io.FileInputStream;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Arguments: `2b` or `3b`, and files that must be that. One line a file: name, yes or no, the clauses that failed. */
public final class Conform {
  public static void main(String[] args) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    PDFAFlavour flavour = PDFAFlavour.byFlavourId(args[0]);
    for (String path : java.util.Arrays.asList(args).subList(1, args.length)) {
      try (FileInputStream stream = new FileInputStream(path);
          PDFAParser parser = Foundries.defaultInstance().createParser(stream, flavour)) {
        PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false);
        ValidationResult result = validator.validate(parser);
        TreeMap<String, Integer> clauses = new TreeMap<>();
        for (TestAssertion assertion : result.getTestAssertions())
          if (assertion.getStatus() == TestAssertion.Status.FAILED)
            clauses.merge(assertion.getRuleId().getClause() + "/" + assertion.getRuleId().getTestNumber(), 1, Integer::sum);
        System.out.println(String.join("\t", new File(path).getName(), result.isCompliant() ? "yes" : "no", clauses.toString()));
      }
    }
  }
}
