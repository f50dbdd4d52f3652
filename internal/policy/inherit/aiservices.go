package inherit

var aiServicesWords = &vocabulary{
	typ:  AIServices,
	size: characters(2_500),
	top:  table("services", oneOf(aiServices...), shape(choice("opt_out_policy", "optOut", "optIn"))),
}

// aiServices are the keys of the User Guide, "AI services opt-out policy syntax". AWS adds to them now and then.
var aiServices = []string{
	"default",
	"aiops", "aidevops", "awssupplychain", "chimesdkvoiceanalytics", "cloudwatch", "codeguruprofiler", "codewhisperer", "comprehend",
	"connect", "connectamd", "connectoptimization", "contactlens", "connectdecision", "datazone", "dms", "entityresolution",
	"frauddetector", "glue", "guardduty", "lex", "polly", "q", "quicksightq", "rekognition", "securityhub", "securitylake", "textract",
	"transcribe", "transform", "translate", "workspaces",
}
